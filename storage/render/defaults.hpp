// Settings for an image nobody has touched. Rendering reference, section 7.

#pragma once

#include "storage/render/channel_facts.hpp"

namespace troupe::render {

/// What we show: windows from statistics (uint8 and RGB: full range), colours from the
/// file, else by wavelength, else by index; a single channel is grey; model colour when
/// 1 < channels < 8; the first three active (RGB: all).
settings default_settings(const std::vector<channel_facts>& channels);

/// What OMERO shows: windows from statistics whatever the type, colours as stored.
settings omero_default_settings(const std::vector<channel_facts>& channels);

/// The plane that is shown first: the middle one of the first time point.
plane_index default_plane(int32_t size_z);

} // namespace troupe::render
