// A whole plane in few pixels, without ever holding the whole plane.

#pragma once

#include "storage/formats/reader.hpp"
#include "storage/render/draw.hpp"

namespace troupe::render {

/// Draws plane `at` of a series into exactly `want` pixels: from the smallest level that
/// is at least that large, band by band when that level is big.
picture overview(formats::reader& from, int32_t series, plane_index at, const settings& s,
                 int32_t significant_bits, extent want,
                 const lut_library& tables = lut_library::built_in());

} // namespace troupe::render
