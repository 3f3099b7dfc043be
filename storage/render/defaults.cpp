#include "storage/render/defaults.hpp"

#include "storage/render/import_colors.hpp"
#include "storage/render/range.hpp"

#include <algorithm>
#include <cmath>

namespace troupe::render {
namespace {

/// Samples of a picture: red, green, blue and alpha, or grey and alpha.
rgba of_sample(size_t i, size_t count) {
  if (count <= 2)
    return i == 0 ? rgba{255, 255, 255, 255} : rgba{0, 0, 0, 0};
  return i == 3 ? rgba{0, 0, 0, 0} : color_of_index(i);
}

/// Many writers leave the alpha of a channel colour 0; that must not hide the channel.
rgba opaque(rgba color) {
  if (color.alpha == 0)
    color.alpha = 255;
  return color;
}

sample_range window_of(const channel_facts& c) {
  if (c.range)
    if (auto [low, high] = *c.range; std::abs(high - low) >= 1e-5 && low < high)
      return {low, high};
  return range_of(c.type, c.significant_bits);
}

bool shows_full_range(const channel_facts& c) {
  return c.rgb || c.type == pixel_type::uint8;
}

/// Everything but the active channels, windows and colours that others decide.
settings plain_settings(const std::vector<channel_facts>& channels) {
  settings result;
  if (channels.size() <= 1 || channels.size() >= 8)
    result.model = model::greyscale;
  for (size_t i = 0; i < channels.size(); ++i) {
    channel_settings c;
    c.index = static_cast<int32_t>(i);
    c.active = i < 3;
    c.lut = channels[i].lut;
    c.statistics = channels[i].range;
    result.channels.push_back(std::move(c));
  }
  return result;
}

} // namespace

settings default_settings(const std::vector<channel_facts>& channels) {
  auto result = plain_settings(channels);
  const auto colors = import_colors(channels, false);
  for (size_t i = 0; i < channels.size(); ++i) {
    const auto& facts = channels[i];
    auto& c = result.channels[i];
    c.active = c.active || facts.rgb;
    std::tie(c.start, c.end) = shows_full_range(facts)
                                 ? range_of(facts.type, facts.significant_bits)
                                 : window_of(facts);
    c.color = facts.rgb ? of_sample(i, channels.size()) : opaque(colors[i]);
  }
  return result;
}

settings omero_default_settings(const std::vector<channel_facts>& channels) {
  auto result = plain_settings(channels);
  const auto colors = reset_colors(channels);
  for (size_t i = 0; i < channels.size(); ++i) {
    auto& c = result.channels[i];
    std::tie(c.start, c.end) = window_of(channels[i]);
    c.color = colors[i];
  }
  return result;
}

plane_index default_plane(int32_t size_z) {
  return {size_z / 2, 0};
}

} // namespace troupe::render
