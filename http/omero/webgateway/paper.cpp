#include "http/omero/webgateway/paper.hpp"

#include <algorithm>
#include <cmath>

namespace troupe::http::omero {

namespace {

constexpr rgba light_grey{0xdd, 0xdd, 0xdd, 255};

int32_t inside(double at, int32_t size) {
  return static_cast<int32_t>(std::clamp(std::floor(at), 0.0, double(size)));
}

/// What of the region lies on the image; the rest is paper.
/// @returns nothing when all of it is.
std::optional<region> seen_part(const any_region& r, const dimensions& image) {
  const auto left = inside(r.x, image.x), top = inside(r.y, image.y),
             right = inside(r.x + r.width, image.x),
             bottom = inside(r.y + r.height, image.y);
  if (right <= left || bottom <= top)
    return std::nullopt;
  return region{left, top, right - left, bottom - top};
}

} // namespace

int32_t scaled_side(double side, double scale) {
  return std::max(1, static_cast<int32_t>(std::lround(side * scale)));
}

void lay_on_paper(view_scaled& m, const any_region& r, const dimensions& image,
                  double scale) {
  const extent whole{scaled_side(r.width, scale), scaled_side(r.height, scale)};
  const auto seen = seen_part(r, image);
  if (!seen) { // some pixel, beside the sheet
    m.where = {0, 0, 1, 1};
    m.finish = {.size = {1, 1}, .on = {whole, whole.width, 0, light_grey}};
    return;
  }
  m.where = *seen;
  m.finish.size = {scaled_side(seen->width, scale), scaled_side(seen->height, scale)};
  auto offset = [scale](int32_t from, double edge) {
    return static_cast<int32_t>(std::lround((from - std::floor(edge)) * scale));
  };
  const auto left = offset(seen->x, r.x), top = offset(seen->y, r.y);
  if (whole != m.finish.size || left != 0 || top != 0)
    m.finish.on = {whole, left, top, light_grey};
}

} // namespace troupe::http::omero
