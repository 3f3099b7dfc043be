#include "storage/render/change.hpp"

#include <algorithm>

namespace troupe::render {

settings apply(const change& what, settings from) {
  if (what.model)
    from.model = *what.model;
  from.profile = what.profile.value_or(from.profile);
  if (what.lists_channels)
    for (auto& c : from.channels)
      c.active = false;
  for (auto& c : what.channels) {
    auto at = std::find_if(from.channels.begin(), from.channels.end(),
                           [&](auto& x) { return x.index == c.index; });
    if (at == from.channels.end())
      continue;
    at->active = c.active;
    if (!c.active)
      continue;
    at->start = c.start.value_or(at->start);
    at->end = c.end.value_or(at->end);
    at->color = c.color.value_or(at->color);
    if (c.color)
      at->lut.clear();
    at->lut = c.lut.value_or(at->lut);
    at->inverted = c.inverted.value_or(at->inverted);
    at->curve = c.curve.value_or(at->curve);
    at->coefficient = c.coefficient.value_or(at->coefficient);
  }
  return from;
}

} // namespace troupe::render
