// OME-XML and TIFF pages together: which page is which plane.

#pragma once

#include "storage/formats/ome_files.hpp"

namespace troupe::formats {

/// Planes whose file is missing are black, with a warning.
/// @throws failure{unreadable} when XML and pages disagree, or more planes are missing
///         than are there.
tiff_contents arrange_ome(const ome_document& document, ome_files& files);

} // namespace troupe::formats
