// TIFF, BigTIFF and OME-TIFF, decoded by libtiff.

#pragma once

#include "storage/formats/format.hpp"

namespace troupe::formats {

bool detect_tiff(const probe& what);
/// OME-XML whose pixels are in TIFF files beside it.
bool detect_companion(const probe& what);
/// Of both.
fileset_ptr parse_tiff(const std::filesystem::path& main);

} // namespace troupe::formats
