// Much of a plane in few pixels, without ever holding much of the plane.

#pragma once

#include "storage/formats/reader.hpp"
#include "storage/render/draw.hpp"

namespace troupe::render {

/// Draws plane `at` of a series into exactly `want` pixels: from the smallest level that
/// is at least that large, band by band when that level is big.
picture overview(formats::reader& from, int32_t series, plane_index at, const settings& s,
                 int32_t significant_bits, extent want,
                 const lut_library& tables = lut_library::built_in());

/// Draws a part of a level into exactly `want` pixels, band by band when it is big.
/// @param part  its channels are those that the settings draw.
picture overview(formats::reader& from, formats::block part, const settings& s,
                 int32_t significant_bits, extent want,
                 const lut_library& tables = lut_library::built_in());

} // namespace troupe::render
