#include "storage/render/draw.hpp"

#include "storage/failure.hpp"
#include "storage/render/compose.hpp"

namespace troupe::render {
namespace {

std::vector<const channel_settings*> drawn(const settings& s) {
  std::vector<const channel_settings*> result;
  for (auto& c : s.channels)
    if (c.active && (result.empty() || s.model == model::color))
      result.push_back(&c);
  return result;
}

} // namespace

std::vector<int32_t> drawn_channels(const settings& s) {
  std::vector<int32_t> result;
  for (auto c : drawn(s))
    result.push_back(c->index);
  return result;
}

picture draw(const settings& s, const std::vector<raw_plane>& planes, extent size,
             int32_t significant_bits) {
  const auto channels = drawn(s);
  if (channels.size() != planes.size())
    throw failure{errc::internal, "draw() takes one plane per drawn channel"};
  std::vector<layer> layers;
  for (size_t i = 0; i < channels.size(); ++i) {
    const auto& c = *channels[i];
    quantisation q{.type = planes[i].type,
                   .significant_bits = significant_bits,
                   .start = c.start,
                   .end = c.end,
                   .curve = c.curve,
                   .coefficient = c.coefficient,
                   .inverted = c.inverted};
    layers.push_back({&planes[i], q, {c.color, s.model == model::greyscale}});
  }
  if (!planes.empty())
    size = {planes[0].width, planes[0].height};
  return compose(layers, size);
}

} // namespace troupe::render
