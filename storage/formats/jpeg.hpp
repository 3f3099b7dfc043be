// JPEG, decoded by libjpeg-turbo.

#pragma once

#include "storage/formats/reader.hpp"

namespace troupe::formats {

bool detect_jpeg(std::span<const uint8_t> head);
std::unique_ptr<reader> open_jpeg(const std::filesystem::path& file);

} // namespace troupe::formats
