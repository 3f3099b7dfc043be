#include "storage/formats/openjpeg_samples.hpp"

#include "storage/failure.hpp"

#include <algorithm>
#include <cstring>

namespace troupe::formats {
namespace {

/// Column or row of a component for each of the area's.
/// @param first  of the area, at its resolution. @param start  of the decoded image on
///               the reference grid, @param step  of the component there.
std::vector<uint32_t> places(const jpeg2000_area& area, int64_t first, int32_t count,
                             int64_t start, int64_t step, int64_t size) {
  const auto origin = halved((start + step - 1) / step, area.reduce);
  std::vector<uint32_t> found;
  for (auto i = first; i < first + count; ++i)
    found.push_back(
      static_cast<uint32_t>(std::clamp<int64_t>(i / step - origin, 0, size - 1)));
  return found;
}

std::vector<int32_t> component_of(const opj_image_t& image, uint32_t index,
                                  const jpeg2000_area& area) {
  const auto& c = image.comps[index];
  if (!c.data || c.w < 1 || c.h < 1)
    throw failure{errc::unreadable, "truncated: a component has no samples"};
  const auto columns = places(area, area.left, area.size.width, image.x0, c.dx, c.w);
  std::vector<int32_t> samples;
  samples.reserve(columns.size() * static_cast<size_t>(area.size.height));
  for (auto y : places(area, area.top, area.size.height, image.y0, c.dy, c.h))
    for (auto x : columns)
      samples.push_back(c.data[size_t{y} * c.w + x]);
  return samples;
}

using components = std::vector<std::vector<int32_t>>;

/// Luma and chromas to red, green and blue by the equations of ITU-R BT.601.
void to_rgb(components& c, int32_t bits) {
  const auto middle = int32_t{1} << (bits - 1);
  const double white = 2.0 * middle - 1;
  auto light = [white](double v) {
    return static_cast<int32_t>(std::clamp(v + 0.5, 0.0, white));
  };
  for (size_t i = 0; i < c[0].size(); ++i) {
    const double y = c[0][i], blue = c[1][i] - middle, red = c[2][i] - middle;
    c[0][i] = light(y + 1.402 * red);
    c[1][i] = light(y - 0.344136 * blue - 0.714136 * red);
    c[2][i] = light(y + 1.772 * blue);
  }
}

template <class Sample>
void interleave(const components& from, const std::vector<int32_t>& shifts,
                std::vector<uint8_t>& to) {
  for (size_t s = 0; s < from.size(); ++s)
    for (size_t i = 0; i < from[s].size(); ++i) {
      const auto value =
        static_cast<Sample>(static_cast<uint32_t>(from[s][i]) << shifts[s]);
      std::memcpy(&to[(i * from.size() + s) * sizeof(Sample)], &value, sizeof value);
    }
}

} // namespace

std::vector<uint8_t> samples_of(const opj_image_t& image, const jpeg2000_area& area,
                                const jpeg2000_shape& shape, jpeg2000_samples samples) {
  const auto bytes = bytes_of(shape.type);
  components all;
  std::vector<int32_t> shifts;
  for (uint32_t i = 0; i < image.numcomps; ++i) {
    all.push_back(component_of(image, i, area));
    const auto spare =
      static_cast<int32_t>(8 * bytes) - static_cast<int32_t>(image.comps[i].prec);
    shifts.push_back(samples == jpeg2000_samples::spread ? std::max(0, spare) : 0);
  }
  if (shape.luma)
    to_rgb(all, static_cast<int32_t>(image.comps[0].prec));
  std::vector<uint8_t> pixels(all.front().size() * all.size() * bytes);
  switch (bytes) {
    case 1: interleave<uint8_t>(all, shifts, pixels); break;
    case 2: interleave<uint16_t>(all, shifts, pixels); break;
    default: interleave<uint32_t>(all, shifts, pixels); break;
  }
  return pixels;
}

} // namespace troupe::formats
