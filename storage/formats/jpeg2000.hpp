// JPEG 2000: JP2 files and bare codestreams. Resolutions are levels.

#pragma once

#include "storage/formats/format.hpp"

namespace troupe::formats {

bool detect_jpeg2000(const probe& what);
fileset_ptr parse_jpeg2000(const std::filesystem::path& path);

} // namespace troupe::formats
