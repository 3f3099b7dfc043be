// The text a TIFF carries beside its pixels.

#pragma once

#include "storage/formats/tiff_file.hpp"

#include <utility>
#include <vector>

namespace troupe::formats {

/// Text tags of the directory the file is in, and its byte order and compression.
std::vector<std::pair<std::string, std::string>> tiff_facts(const tiff_file& file);

} // namespace troupe::formats
