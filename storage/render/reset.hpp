// Windows that are chosen at the press of a button. Rendering reference, section 7.4.

#pragma once

#include "storage/render/settings.hpp"

namespace troupe::render {

/// All windows to the range of the type's bytes, significant bits ignored.
/// @throws failure{bad_request} for floating types, which have no full range.
settings with_full_range(settings s, pixel_type type);

/// All windows to the statistics of their channels, else the range of the type.
settings with_min_max(settings s, pixel_type type, int32_t significant_bits);

/// Windows of single channels, by their index; others stay.
settings with_windows(settings s,
                      const std::vector<std::pair<int32_t, sample_range>>& windows);

/// Everything a viewer chose, put on another image of the same kind: its own channels'
/// statistics stay.
/// @throws failure{bad_request} when the numbers of channels differ.
settings pasted(const settings& copied, const settings& onto);

} // namespace troupe::render
