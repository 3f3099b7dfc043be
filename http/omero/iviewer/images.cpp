// What the viewer opens an image with.

#include "http/encode.hpp"
#include "http/omero/marshal/plane_times.hpp"
#include "http/omero/marshal/shown_length.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webgateway/image_data.hpp"
#include "schema/queries/object_pages.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

/// "2024-05-01T12:00:00.5Z" without its T, parts of seconds and zone.
std::string plain_date(const std::string& rfc3339) {
  return rfc3339.size() < 19 ? rfc3339
                             : rfc3339.substr(0, 10) + " " + rfc3339.substr(11, 8);
}

void put_pixel_size(json& pixel_size, const char* axis,
                    const std::optional<formats::quantity>& size) {
  if (!size)
    return;
  const auto shown = readable_length(*size);
  pixel_size[fmt::format("unit_{}", axis)] = shown.value;
  pixel_size[fmt::format("symbol_{}", axis)] = shown.symbol;
  pixel_size[fmt::format("unit_id_{}", axis)] = shown.unit;
}

void put_more(call& c, json& out, const image_details& x) {
  auto& sizes = out["pixel_size"];
  put_pixel_size(sizes, "x", x.physical_x);
  put_pixel_size(sizes, "y", x.physical_y);
  put_pixel_size(sizes, "z", x.physical_z);
  out["roi_count"] = c.ask(list_objects{.type = object_type::roi,
                                        .places = {{object_type::image, x.entry.id}},
                                        .limit = 0})
                       .total;
  out["families"] = {"linear", "polynomial", "exponential", "logarithmic"};
  out["import_date"] = plain_date(x.imported);
  if (!x.entry.acquired.empty())
    out["acquisition_date"] = plain_date(x.entry.acquired);
  out["delta_t_unit_symbol"] = nullptr;
}

web_response no_image() {
  return document({{"error", "Image not found"}}, 404);
}

web_response data_of(call& c, int64_t image) {
  try {
    auto out = image_data(c, image, false);
    if (out.contains("size"))
      put_more(c, out, c.ask(find_image{.image = image}));
    return document(out);
  } catch (const refused& r) {
    if (r.answer.status != 404)
      throw;
    return no_image();
  }
}

web_response data_of_image(call& c) {
  return data_of(c, c.id("image"));
}

web_response data_of_roi(call& c) {
  const auto at = c.find(place_roi{.id = c.id("roi")});
  return at ? data_of(c, at->image) : no_image();
}

web_response data_of_shape(call& c) {
  const auto at = c.find(place_roi{.type = object_type::shape, .id = c.id("shape")});
  return at ? data_of(c, at->image) : no_image();
}

web_response times_of_image(call& c) {
  const auto image = c.id("image");
  const auto x = c.find(find_image{.image = image});
  if (!x)
    return no_image();
  const auto times = plane_times(c, *x);
  return document({{"delta_t", times},
                   {"delta_t_unit_symbol", times.empty() ? json{} : json("s")},
                   {"image_id", std::to_string(image)}});
}

} // namespace

const std::vector<route> iviewer_image_routes = routes_of({
  {"GET", "/iviewer/image_data/{image}", manner::data, data_of_image},
  {"GET", "/iviewer/roi/{roi}/image_data", manner::data, data_of_roi},
  {"GET", "/iviewer/shape/{shape}/image_data", manner::data, data_of_shape},
  {"GET", "/iviewer/image_data/{image}/delta_t", manner::data, times_of_image},
});

} // namespace troupe::http::omero
