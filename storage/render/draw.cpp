#include "storage/render/draw.hpp"

#include "storage/failure.hpp"

namespace troupe::render {
namespace {

std::vector<const channel_settings*> drawn(const settings& s) {
  std::vector<const channel_settings*> result;
  for (auto& c : s.channels)
    if (c.active && (result.empty() || s.model == model::color))
      result.push_back(&c);
  return result;
}

lookup_table colors_of(const settings& s, const channel_settings& c,
                       const lut_library& tables) {
  if (s.model != model::color)
    return shades_of_grey();
  if (const auto table = tables.find(c.lut))
    return *table;
  return shades_of(c.color);
}

} // namespace

std::vector<int32_t> drawn_channels(const settings& s) {
  std::vector<int32_t> result;
  for (auto c : drawn(s))
    result.push_back(c->index);
  return result;
}

painter painter_of(const settings& s, const std::vector<raw_plane>& planes, extent size,
                   int32_t significant_bits, const lut_library& tables) {
  const auto channels = drawn(s);
  if (channels.size() != planes.size())
    throw failure{errc::internal, "draw() takes one plane per drawn channel"};
  if (!planes.empty())
    size = {planes[0].width, planes[0].height};
  std::vector<layer> layers;
  for (size_t i = 0; i < channels.size(); ++i)
    layers.push_back({&planes[i],
                      quantisation_of(s, *channels[i], planes[i].type, significant_bits),
                      colors_of(s, *channels[i], tables)});
  return {layers, size};
}

picture draw(const settings& s, const std::vector<raw_plane>& planes, extent size,
             int32_t significant_bits, const lut_library& tables) {
  return painter_of(s, planes, size, significant_bits, tables).whole();
}

} // namespace troupe::render
