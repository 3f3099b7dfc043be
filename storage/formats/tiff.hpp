// TIFF, BigTIFF and OME-TIFF, decoded by libtiff.

#pragma once

#include "storage/formats/format.hpp"

namespace troupe::formats {

bool detect_tiff(const probe& what);
/// OME-XML whose pixels are in TIFF files beside it.
bool detect_companion(const probe& what);
/// Of both.
fileset_ptr parse_tiff(const std::filesystem::path& main);
fileset_ptr recall_tiff(const std::filesystem::path& main, description what,
                        const nlohmann::json& memo);

} // namespace troupe::formats
