// A sharp small picture. Rendering reference, section 11.

#pragma once

#include "storage/render/draw.hpp"

namespace troupe::render {

/// Lanczos with radius 3: support scaled when shrinking, weights normalised, edges
/// mirrored; rows first, then columns, rounded to 8 bits between.
/// @throws failure{bad_request} when a side has no pixel.
picture resample(const picture& from, extent want);

} // namespace troupe::render
