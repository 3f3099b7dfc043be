#include "storage/regions/region_check.hpp"

#include "storage/failure.hpp"

#include <cmath>
#include <fmt/format.h>

namespace troupe::regions {
namespace {

using metadata::shape;
using metadata::shape_kind;

[[noreturn]] void refuse(std::string_view field, const std::string& what) {
  throw failure{errc::bad_request, fmt::format("{}{}", field, what)};
}

bool is_place(double v) {
  return std::abs(v) <= limits::farthest; // false for NaN
}

void check_numbers(const shape& s, std::string_view field) {
  for (size_t i = 0; i < s.geometry.size(); ++i)
    if (!is_place(s.geometry[i]))
      refuse(field, fmt::format(".geometry[{}] is {}, it must be between -1e9 and 1e9", i,
                                s.geometry[i]));
  if (const auto& m = s.transform)
    for (auto v : {m->a00, m->a10, m->a01, m->a11, m->a02, m->a12})
      if (!is_place(v))
        refuse(field,
               fmt::format(".transform holds {}, it must be between -1e9 and 1e9", v));
}

void check_count(const shape& s, std::string_view field) {
  const auto count = s.geometry.size();
  auto need = [&](size_t wanted) {
    if (count != wanted)
      refuse(field, fmt::format(".geometry has {} numbers, a {} has {}", count,
                                metadata::name_of(s.kind), wanted));
  };
  auto need_points = [&](size_t least) {
    if (count % 2 != 0 || count < 2 * least || count > 2 * limits::most_points)
      refuse(field,
             fmt::format(".geometry has {} numbers, a {} has an x and a y for "
                         "each of {} to {} points",
                         count, metadata::name_of(s.kind), least, limits::most_points));
  };
  switch (s.kind) {
    case shape_kind::point:
    case shape_kind::label: return need(2);
    case shape_kind::polyline: return need_points(2);
    case shape_kind::polygon: return need_points(3);
    default: return need(4);
  }
}

void check_size(const shape& s, std::string_view field) {
  const bool has_size = s.kind == shape_kind::rectangle || s.kind == shape_kind::ellipse
                        || s.kind == shape_kind::mask;
  if (has_size && (s.geometry[2] < 0 || s.geometry[3] < 0))
    refuse(field,
           fmt::format(".geometry has a size of {} x {}", s.geometry[2], s.geometry[3]));
}

void check_mask(const shape& s, std::string_view field) {
  if (s.kind != shape_kind::mask) {
    if (s.mask.size() > 0)
      refuse(field, ".mask goes with the kind mask only");
    return;
  }
  const auto width = s.geometry[2], height = s.geometry[3];
  if (width < 1 || height < 1 || width != std::floor(width)
      || height != std::floor(height)
      || width * height > static_cast<double>(limits::most_mask_pixels))
    refuse(field, fmt::format(".geometry has a size of {} x {}, a mask has 1 to {} whole "
                              "pixels",
                              width, height, limits::most_mask_pixels));
  const auto bits = static_cast<size_t>(width * height);
  if (s.mask.size() != (bits + 7) / 8)
    refuse(field, fmt::format(".mask has {} bytes, {} x {} bits are {}", s.mask.size(),
                              width, height, (bits + 7) / 8));
}

void check_plane(const shape& s, std::string_view field, const dimensions& image) {
  const struct {
    const char* name;
    const std::optional<int32_t>& at;
    int32_t size;
  } axes[] = {{"z", s.z, image.z}, {"c", s.c, image.c}, {"t", s.t, image.t}};
  for (auto& a : axes)
    if (a.at && (*a.at < 0 || *a.at >= a.size))
      refuse(field,
             fmt::format(".{} is {}, the image has 0 to {}", a.name, *a.at, a.size - 1));
}

} // namespace

void check_shape(const shape& s, std::string_view field, const dimensions& image) {
  check_count(s, field);
  check_numbers(s, field);
  check_size(s, field);
  check_mask(s, field);
  check_plane(s, field, image);
}

void check_regions(const std::vector<metadata::roi>& rois, const dimensions& image,
                   std::string_view list) {
  if (rois.size() > limits::most_rois)
    throw failure{errc::too_large, fmt::format("{} regions, at most {} in one request",
                                               rois.size(), limits::most_rois)};
  size_t shapes = 0, numbers = 0, bytes = 0;
  for (size_t i = 0; i < rois.size(); ++i)
    for (size_t n = 0; n < rois[i].shapes.size(); ++n) {
      const auto& s = rois[i].shapes[n];
      check_shape(s, fmt::format("{}[{}].shapes[{}]", list, i, n), image);
      ++shapes;
      numbers += s.geometry.size();
      bytes += s.mask.size();
    }
  if (shapes > limits::most_shapes || numbers > limits::most_numbers
      || bytes > limits::most_mask_bytes)
    throw failure{errc::too_large,
                  fmt::format("{} shapes with {} coordinates and {} bytes of masks; at "
                              "most {}, {} and {} in one request",
                              shapes, numbers, bytes, limits::most_shapes,
                              limits::most_numbers, limits::most_mask_bytes)};
}

} // namespace troupe::regions
