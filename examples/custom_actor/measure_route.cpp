// The measuring actor on the web: the session says whether the asker may see the image,
// then the actor is asked.

#include "examples/custom_actor/measure.hpp"
#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"

#include <nlohmann/json.hpp>

namespace troupe::http {

namespace {

web_response statistics(desk& d, web_request& in) {
  measure_region m;
  m.at = {required_number(in, "z"), required_number(in, "t")};
  m.channel = required_number(in, "c");
  auto where = region_of(in);
  auto image = id_in_path(in, "image");
  return d.converse(in, true, [=](const conversation& c, auto&) {
    c.ask(c.session, grant_image{.image = image}, [=](const image_grant& g) {
      auto ask = m;
      ask.image = g;
      ask.where = where.value_or(region{0, 0, g.size.x, g.size.y});
      c.ask(c.room<measure_actor>(), ask, [c](const intensity& r) {
        c.answer([r] {
          return document({{"count", r.count},
                           {"min", r.min},
                           {"max", r.max},
                           {"mean", r.mean},
                           {"deviation", r.deviation}});
        });
      });
    });
  });
}

} // namespace

const std::vector<route> measure_routes{
  {"GET",
   "/api/v1/images/{image}/statistics",
   access::session,
   "Intensity statistics of a region",
   {{"z", "integer", "section, from 0", true},
    {"c", "integer", "channel, from 0", true},
    {"t", "integer", "time point, from 0", true},
    {"x", "integer", "left edge, pixels"},
    {"y", "integer", "top edge, pixels"},
    {"width", "integer", "pixels"},
    {"height", "integer", "pixels"}},
   "",
   200,
   "application/json",
   statistics},
};

} // namespace troupe::http
