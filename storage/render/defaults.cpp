// Settings for an image nobody has touched. Rendering reference, section 7.

#include "storage/render/draw.hpp"

#include <algorithm>
#include <cmath>

namespace troupe::render {
namespace {

constexpr rgba red{255, 0, 0, 255}, green{0, 255, 0, 255}, blue{0, 0, 255, 255};
constexpr rgba white{255, 255, 255, 255}, mid_grey{128, 128, 128, 255}, none{0, 0, 0, 0};

rgba of_wavelength(double nm) {
  return nm < 500 ? blue : nm < 560 ? green : red;
}

rgba of_index(size_t i) {
  return i % 3 == 0 ? red : i % 3 == 1 ? green : blue;
}

/// Samples of a picture: red, green, blue and alpha, or grey and alpha.
rgba of_sample(size_t i, size_t count) {
  if (count <= 2)
    return i == 0 ? white : none;
  return i == 3 ? none : of_index(i);
}

/// Many writers leave the alpha of a channel colour 0; that must not hide the channel.
rgba opaque(rgba color) {
  if (color.alpha == 0)
    color.alpha = 255;
  return color;
}

rgba color_of(const std::vector<channel_facts>& all, size_t i, bool some_lack_hints) {
  const auto& c = all[i];
  if (c.rgb)
    return of_sample(i, all.size());
  if (c.file_color)
    return opaque(*c.file_color);
  if (all.size() == 1)
    return mid_grey;
  if (c.emission)
    return of_wavelength(*c.emission);
  if (some_lack_hints)
    return white;
  return c.excitation ? of_wavelength(*c.excitation) : of_index(i);
}

std::pair<double, double> window_of(const channel_facts& c) {
  if (!c.rgb && c.type != pixel_type::uint8 && c.range)
    if (auto [low, high] = *c.range; std::abs(high - low) >= 1e-5 && low < high)
      return {low, high};
  return range_of(c.type, c.significant_bits);
}

} // namespace

settings default_settings(const std::vector<channel_facts>& channels) {
  auto hinted = [](const channel_facts& c) { return c.file_color || c.emission; };
  const auto hints = std::count_if(channels.begin(), channels.end(), hinted);
  const auto some_lack = hints > 0 && hints < static_cast<ptrdiff_t>(channels.size());
  settings result;
  if (channels.size() <= 1 || channels.size() >= 8)
    result.model = model::greyscale;
  for (size_t i = 0; i < channels.size(); ++i) {
    channel_settings c;
    c.index = static_cast<int32_t>(i);
    c.active = i < 3 || channels[i].rgb;
    std::tie(c.start, c.end) = window_of(channels[i]);
    c.color = color_of(channels, i, some_lack);
    result.channels.push_back(c);
  }
  return result;
}

} // namespace troupe::render
