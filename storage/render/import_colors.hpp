// Colours of channels nobody has chosen. Rendering reference, section 7.2.

#pragma once

#include "storage/render/channel_facts.hpp"

namespace troupe::render {

/// Below 500 nm blue, below 560 green, else red.
rgba color_of_wavelength(double nm);

/// Red, green, blue, and again.
rgba color_of_index(size_t index);

/// Colours as OMERO stores them at import.
/// @param graphics  the file is a picture such as a PNG or JPEG.
std::vector<rgba> import_colors(const std::vector<channel_facts>& channels,
                                bool graphics);

/// Colours as OMERO makes them for settings that are created anew: the stored ones
/// (`file_color`), else by wavelength; filters are not looked at.
std::vector<rgba> reset_colors(const std::vector<channel_facts>& channels);

} // namespace troupe::render
