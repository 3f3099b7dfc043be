// WebP, decoded by libwebp.

#pragma once

#include "storage/formats/format.hpp"

namespace troupe::formats {

bool detect_webp(const probe& what);
fileset_ptr parse_webp(const std::filesystem::path& path);

} // namespace troupe::formats
