// What a request says about a view: changes to the settings that are in force.

#pragma once

#include "storage/render/settings.hpp"

namespace troupe::render {

struct channel_change {
  int32_t index = 0; ///< from 0
  bool active = true;
  std::optional<double> start, end;
  std::optional<rgba> color;
  std::optional<bool> inverted;
  std::optional<family> curve;
  std::optional<double> coefficient;
  std::optional<std::string> lut; ///< a colour clears the table
};
template <class Inspector>
auto inspect(Inspector& f, channel_change& x) {
  return f(x.index, x.active, x.start, x.end, x.color, x.inverted, x.curve, x.coefficient,
           x.lut);
}

struct change {
  std::optional<render::model> model;
  bool lists_channels = false; ///< channels not listed are off
  std::vector<channel_change> channels;
  std::optional<render::profile> profile;
};
template <class Inspector>
auto inspect(Inspector& f, change& x) {
  return f(x.model, x.lists_channels, x.channels, x.profile);
}

/// @returns `from` with the change: a window, colour or inversion counts for active
/// channels only. Indices the image does not have are ignored.
settings apply(const change& what, settings from);

} // namespace troupe::render
