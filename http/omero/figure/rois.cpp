// Regions that panels can be cut to.

#include "http/encode.hpp"
#include "http/omero/api/paging.hpp"
#include "http/omero/marshal/objects.hpp"
#include "http/omero/tables.hpp"
#include "schema/queries/draw.hpp"

namespace troupe::http::omero {

namespace {

constexpr int32_t most_rectangles = 500;

web_response count_of_rois(call& c) {
  const auto image = c.id("image");
  json out{{"roi", c.ask(list_objects{.type = object_type::roi,
                                      .places = {{object_type::image, image}},
                                      .limit = 0})
                     .total}};
  if (c.field("shapes").value_or("").size() > 0)
    out["shape"] =
      json::parse(c.ask(list_shapes{.image = image, .page = {"", 1}}).text).at("total");
  return document(out);
}

json only_rectangles(const std::string& facts) {
  auto out = json::parse(facts);
  auto rectangles = json::array();
  for (auto& s : out.at("shapes"))
    if (s.at("kind") == static_cast<int>(metadata::shape_kind::rectangle))
      rectangles.push_back(s);
  out["shapes"] = std::move(rectangles);
  return out;
}

web_response rectangles(call& c) {
  auto which = slice_of(c);
  if (!c.in.argument("limit"))
    which.limit = most_rectangles;
  auto page =
    c.ask(list_objects{.type = object_type::roi,
                       .places = {{object_type::image, c.id("image")}},
                       .shapes = shape_wish{.kind = metadata::shape_kind::rectangle},
                       .offset = which.offset,
                       .limit = which.limit});
  const details_book whose{std::move(page.holdings)};
  list_text items;
  for (auto& o : page.items)
    items.add(
      marshalled(object_type::roi, o, only_rectangles(o.facts), whose, {}).close());
  return api_answer(list_answer(std::move(items), which, page.total).close());
}

} // namespace

const std::vector<route> figure_roi_routes = routes_of({
  {"GET", "/figure/roiCount/{image}", manner::data, count_of_rois},
  {"GET", "/figure/roiRectangles/{image}", manner::data, rectangles},
});

} // namespace troupe::http::omero
