// JPEG, decoded by libjpeg-turbo.

#pragma once

#include "storage/formats/format.hpp"

namespace troupe::formats {

bool detect_jpeg(const probe& what);
fileset_ptr parse_jpeg(const std::filesystem::path& path);

} // namespace troupe::formats
