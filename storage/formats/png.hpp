// PNG, decoded by libpng.

#pragma once

#include "storage/formats/format.hpp"

namespace troupe::formats {

bool detect_png(const probe& what);
fileset_ptr parse_png(const std::filesystem::path& path);

} // namespace troupe::formats
