// How raw samples become a picture: one value, complete, stateless.

#pragma once

#include "storage/pixels.hpp"

#include <utility>

namespace troupe::render {

/// Curve between window start and end. Stored by number: never renumber.
enum class family : uint8_t { linear, polynomial, exponential, logarithmic };

/// Smallest and largest sample.
using sample_range = std::pair<double, double>;

struct channel_settings {
  int32_t index = 0; ///< channel of the image, from 0
  bool active = true;
  double start = 0, end = 0; ///< window, in raw sample values
  rgba color;                ///< alpha dims the channel, 0 hides it
  family curve = family::linear;
  double coefficient = 1;
  bool inverted = false;
  bool noise_reduction = false;
  std::string lut; ///< base name of a table, "fire.lut"; empty or unknown = the colour
  /// Of the whole image, a fact and no choice: not stored with the settings. Noise
  /// reduction and profile `omero` look at it.
  std::optional<sample_range> statistics;
  bool operator==(const channel_settings&) const = default;
};
template <class Inspector>
auto inspect(Inspector& f, channel_settings& x) {
  auto known = x.statistics.has_value();
  auto range = x.statistics.value_or(sample_range{});
  auto fields = [&] {
    return f(x.index, x.active, x.start, x.end, x.color, x.curve, x.coefficient,
             x.inverted, x.noise_reduction, x.lut, known, range.first, range.second);
  };
  if constexpr (Inspector::reads_state) {
    return fields();
  } else {
    auto error = fields();
    x.statistics = known ? std::optional{range} : std::nullopt;
    return error;
  }
}

enum class model : uint8_t { color, greyscale };

/// Which arithmetic: the reference's own, or OMERO's with its oddities, bit for bit.
enum class profile : uint8_t { fixed, omero };

/// The levels that are drawn with.
struct quantum {
  int32_t start = 0, end = 255; ///< inside 0..255
  int32_t resolution = 255;     ///< 1, 3, 7 ... 255
  bool operator==(const quantum&) const = default;
};
template <class Inspector>
auto inspect(Inspector& f, quantum& x) {
  return f(x.start, x.end, x.resolution);
}

struct settings {
  render::model model = render::model::color;
  std::vector<channel_settings> channels; ///< ascending index; absent = off
  quantum levels = {};
  render::profile profile = render::profile::fixed;
  bool operator==(const settings&) const = default;
};
template <class Inspector>
auto inspect(Inspector& f, settings& x) {
  return f(x.model, x.channels, x.levels, x.profile);
}

} // namespace troupe::render
