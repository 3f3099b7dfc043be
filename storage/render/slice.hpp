// Planes that lie across a stack, and thinned ones. Rendering reference, section 9.

#pragma once

#include "storage/pixels.hpp"

#include <functional>

namespace troupe::render {

/// Planes, or parts of planes, of one channel and time point.
using plane_source = std::function<raw_plane(int32_t z)>;

/// The XZ plane: row z is what `row_at(z)` returns, planes 1 pixel high.
raw_plane slice_xz(int32_t size_z, const plane_source& row_at);

/// The ZY plane: column z is what `column_at(z)` returns, planes 1 pixel wide.
raw_plane slice_zy(int32_t size_z, const plane_source& column_at);

/// Every (stride + 1)-th sample both ways; sizes are rounded down.
raw_plane thinned(const raw_plane& plane, int32_t stride);

} // namespace troupe::render
