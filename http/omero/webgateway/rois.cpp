// Regions of interest as JSON, and masks as pictures.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webgateway/shape_marks.hpp"
#include "schema/queries/draw.hpp"
#include "storage/base64.hpp"
#include "storage/encode/transparent.hpp"

#include <algorithm>
#include <cmath>

namespace troupe::http::omero {

namespace {

/// Shapes on all planes come first.
int plane_number(const json& shape, const char* axis) {
  return shape.value(axis, -1);
}

json roi_mark(const json& ours) {
  auto shapes = json::array();
  for (auto& shape : ours.at("shapes"))
    shapes.push_back(shape_mark(shape));
  std::stable_sort(shapes.begin(), shapes.end(), [](const json& a, const json& b) {
    return std::pair{plane_number(a, "theZ"), plane_number(a, "theT")}
           < std::pair{plane_number(b, "theZ"), plane_number(b, "theT")};
  });
  return {{"id", ours.at("id")}, {"shapes", std::move(shapes)}};
}

web_response rois_of_image(call& c) {
  auto list = json::array();
  list_rois next{.image = c.id("image"), .page = {.limit = 1000}};
  do {
    const auto page = c.find(next);
    if (!page)
      break;
    for (auto& item : page->items)
      list.push_back(roi_mark(json::parse(item.text)));
    next.page.after = page->next;
  } while (!next.page.after.empty());
  return document(list);
}

json shape_in_path(call& c) {
  return json::parse(c.ask(find_shape{.shape = c.id("shape")}).text);
}

web_response one_shape(call& c) {
  const auto shape = shape_in_path(c);
  if (shape.at("roi") != c.id("roi"))
    throw failure{errc::not_found, "the region has no such shape"};
  return document(shape_mark(shape));
}

rgba fill_of(const json& shape) {
  if (!shape.at("fill").is_number())
    return {255, 255, 0, 255};
  const auto n = static_cast<uint32_t>(shape["fill"].get<int64_t>());
  auto byte = [n](int shift) { return static_cast<uint8_t>(n >> shift); };
  return {byte(24), byte(16), byte(8), byte(0)};
}

/// Bits of all pixels without gaps, the highest of a byte first.
bool is_set(const std::vector<uint8_t>& bits, size_t i) {
  return i / 8 < bits.size() && (bits[i / 8] >> (7 - i % 8) & 1) != 0;
}

transparent_picture drawn_mask(const json& shape) {
  const auto& g = shape.at("geometry");
  auto side = [&](size_t i) {
    return static_cast<int32_t>(std::clamp(g.at(i).get<double>(), 0.0, 1e6));
  };
  transparent_picture p{side(2), side(3)};
  const auto bits =
    from_base64(shape.at("mask").get<std::string>()).value_or(std::vector<uint8_t>{});
  const auto color = fill_of(shape);
  size_t i = 0;
  for (int32_t y = 0; y < p.height(); ++y)
    for (int32_t x = 0; x < p.width(); ++x)
      if (is_set(bits, i++))
        p.set(x, y, color);
  return p;
}

web_response mask(call& c) {
  const auto shape = shape_in_path(c);
  if (shape.at("kind") != "mask" || !shape.at("mask").is_string())
    throw failure{errc::not_found, "the shape is no mask"};
  web_response out{.type = "image/png"};
  out.bytes = drawn_mask(shape).png().bytes;
  out.headers.emplace_back("Cache-Control", "private, no-cache");
  return out;
}

} // namespace

const std::vector<route> gateway_roi_routes = routes_of({
  {"GET", "/webgateway/get_rois_json/{image}", manner::data, rois_of_image},
  {"GET", "/webgateway/get_shape_json/{roi}/{shape}", manner::data, one_shape},
  {"GET", "/webgateway/render_shape_mask/{shape}", manner::picture, mask},
});

} // namespace troupe::http::omero
