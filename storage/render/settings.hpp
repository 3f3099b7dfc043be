// How raw samples become a picture: one value, complete, stateless.

#pragma once

#include "storage/pixels.hpp"

namespace troupe::render {

/// Curve between window start and end. Stored by number: never renumber.
enum class family : uint8_t { linear, polynomial, exponential, logarithmic };

struct channel_settings {
  int32_t index = 0; ///< channel of the image, from 0
  bool active = true;
  double start = 0, end = 0; ///< window, in raw sample values
  rgba color;                ///< alpha dims the channel, 0 hides it
  family curve = family::linear;
  double coefficient = 1;
  bool inverted = false;
  bool operator==(const channel_settings&) const = default;
};
template <class Inspector>
auto inspect(Inspector& f, channel_settings& x) {
  return f(x.index, x.active, x.start, x.end, x.color, x.curve, x.coefficient,
           x.inverted);
}

enum class model : uint8_t { color, greyscale };

struct settings {
  render::model model = render::model::color;
  std::vector<channel_settings> channels; ///< ascending index; absent = off
  bool operator==(const settings&) const = default;
};
template <class Inspector>
auto inspect(Inspector& f, settings& x) {
  return f(x.model, x.channels);
}

} // namespace troupe::render
