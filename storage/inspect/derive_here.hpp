// Reading one image to make its pyramid, and to learn its ranges in the same pass.

#pragma once

#include "storage/inspect/inspection.hpp"

namespace troupe {

/// @returns the description with the levels there are now, and what was measured.
/// @throws failure{unreadable} when the file cannot be decoded, {no_space}, {unavailable}
///         when the pyramid cannot be written.
inspection derive_here(const inspection_request& what,
                       const std::function<void(double)>& progress);

} // namespace troupe
