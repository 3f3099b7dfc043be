// Raw planes to an RGB picture. Profile `fixed` of the rendering reference.

#pragma once

#include "storage/render/settings.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace troupe::render {

struct picture {
  int32_t width = 0, height = 0;
  std::vector<uint8_t> rgb; ///< height x width x 3
};

/// The channels of `s` that contribute, in order: all active ones, or in the greyscale
/// model only the first of them. Read exactly these before calling draw().
std::vector<int32_t> drawn_channels(const settings& s);

/// @param planes  one per entry of drawn_channels(s), all of one size.
/// @param significant_bits  of the image, 0 = all.
/// @returns black where no channel is active; `size` decides when planes is empty.
/// @throws failure{internal} when sizes differ, failure{bad_request} on bad settings.
picture draw(const settings& s, const std::vector<raw_plane>& planes, extent size,
             int32_t significant_bits = 0);

/// Smallest and largest finite sample; NaN and infinities are left out.
/// @returns {+inf, -inf} when there is none.
std::pair<double, double> range_of(const raw_plane& plane);

/// The representable range of a type: 0..65535, for floats and 32 bit as in the
/// reference.
std::pair<double, double> range_of(pixel_type type, int32_t significant_bits = 0);

/// @param range  a channel's statistics, absent before they are known.
struct channel_facts {
  pixel_type type = pixel_type::uint8;
  int32_t significant_bits = 0;
  bool rgb = false;
  std::optional<rgba> file_color;
  std::optional<double> emission, excitation;
  std::optional<std::pair<double, double>> range;
};

/// Settings for an image nobody has touched: windows from statistics (uint8 and RGB:
/// full range), colours from the file, else by wavelength, else by index; a single
/// channel is grey; model colour when 1 < channels < 8; the first three active
/// (RGB: all).
settings default_settings(const std::vector<channel_facts>& channels);

/// Shrinks by area averaging (or enlarges, nearest) to exactly `want`.
picture scale(const picture& from, extent want);

/// Size of a thumbnail whose longest side is `longest`: aspect kept, at least 1 px.
extent thumbnail_size(extent full, int32_t longest);

/// The smallest level that is at least `want` in both directions, else 0.
size_t thumbnail_level(const std::vector<extent>& levels, extent want);

} // namespace troupe::render
