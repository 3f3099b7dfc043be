// Whole slides of many scanners, decoded by OpenSlide: NDPI, VMS, MRXS, SCN, BIF,
// SVSlide, Philips and Trestle TIFF.

#pragma once

#include "storage/formats/format.hpp"

namespace troupe::formats {

bool detect_slide(const probe& what);
fileset_ptr parse_slide(const std::filesystem::path& main);

} // namespace troupe::formats
