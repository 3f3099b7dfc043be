#include "storage/render/split_view.hpp"

#include "storage/failure.hpp"

#include <algorithm>
#include <cmath>

namespace troupe::render {
namespace {

void paste(const picture& panel, const region& at, picture& onto) {
  for (int32_t y = 0; y < panel.height; ++y)
    std::copy_n(
      panel.rgb.begin() + static_cast<ptrdiff_t>(y) * panel.width * 3, panel.width * 3,
      onto.rgb.begin() + (static_cast<ptrdiff_t>(at.y + y) * onto.width + at.x) * 3);
}

std::vector<channel_settings> active_channels(const settings& s) {
  std::vector<channel_settings> active;
  for (auto& c : s.channels)
    if (c.active)
      active.push_back(c);
  return active;
}

} // namespace

split_layout split_layout_of(extent image, int32_t channels, render::model model,
                             int32_t border) {
  const auto panels = std::max(1, channels + (model == model::color ? 1 : 0));
  const auto root = std::sqrt(static_cast<double>(panels));
  split_layout l;
  l.rows = static_cast<int32_t>(std::nearbyint(root)); // half to even
  l.columns = root > l.rows ? l.rows + 1 : l.rows;
  l.border = border;
  l.panel = image;
  l.size = {image.width * l.columns + border * (l.columns + 1),
            image.height * l.rows + border * (l.rows + 1)};
  return l;
}

region panel_region(const split_layout& l, int32_t panel) {
  const auto column = panel % l.columns, row = panel / l.columns;
  return {l.border + column * (l.panel.width + l.border),
          l.border + row * (l.panel.height + l.border), l.panel.width, l.panel.height};
}

picture split_view(const settings& s, const std::vector<raw_plane>& planes,
                   int32_t channels, int32_t significant_bits,
                   const lut_library& tables) {
  const auto active = active_channels(s);
  if (planes.empty() || active.size() != planes.size())
    throw failure{errc::bad_request, "a split view takes a plane per active channel"};
  const auto layout =
    split_layout_of({planes[0].width, planes[0].height}, channels, s.model);
  picture out{layout.size.width, layout.size.height, {}};
  out.rgb.assign(static_cast<size_t>(out.width) * static_cast<size_t>(out.height) * 3,
                 255);
  for (size_t i = 0; i < active.size(); ++i) {
    auto alone = s;
    alone.channels = {active[i]};
    paste(draw(alone, {planes[i]}, {}, significant_bits, tables),
          panel_region(layout, static_cast<int32_t>(i)), out);
  }
  if (s.model == model::color)
    paste(draw(s, planes, {}, significant_bits, tables),
          panel_region(layout, static_cast<int32_t>(active.size())), out);
  return out;
}

} // namespace troupe::render
