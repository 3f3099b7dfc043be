// Windows bitmaps without compression.

#pragma once

#include "storage/formats/format.hpp"

namespace troupe::formats {

bool detect_bmp(const probe& what);
fileset_ptr parse_bmp(const std::filesystem::path& path);

} // namespace troupe::formats
