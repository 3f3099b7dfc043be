// save_projection: a GET that makes an image.

#include "http/encode.hpp"
#include "http/omero/iviewer/projected_image.hpp"
#include "http/omero/refusal.hpp"
#include "http/omero/tables.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

int64_t required_integer(call& c, const char* name) {
  const auto n = c.integer(name);
  if (!n || *n != static_cast<int32_t>(*n))
    throw failure{errc::bad_request, fmt::format("{} is missing or no number", name)};
  return *n;
}

render::projection projection_in_query(call& c) {
  const auto name = c.field("projection").value_or("");
  if (name == "intmax")
    return render::projection::max;
  if (name == "intmean")
    return render::projection::mean;
  if (name == "intsum")
    return render::projection::sum;
  throw failure{errc::bad_request, "projection is none of intmax, intmean, intsum"};
}

web_response projection_answer(call& c) {
  const auto image = c.integer("image");
  if (!image)
    throw failure{errc::bad_request, "image is missing"};
  const projected_image what{
    *image, projection_in_query(c), static_cast<int32_t>(required_integer(c, "start")),
    static_cast<int32_t>(required_integer(c, "end")), c.integer("dataset")};
  return document({{"id", save_projection(c, what)}});
}

} // namespace

const std::vector<route> iviewer_projection_routes = routes_of({
  {"GET", "/iviewer/save_projection", manner::data, telling_errors(projection_answer)},
});

} // namespace troupe::http::omero
