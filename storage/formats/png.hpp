// PNG, decoded by libpng.

#pragma once

#include "storage/formats/reader.hpp"

namespace troupe::formats {

bool detect_png(std::span<const uint8_t> head);
std::unique_ptr<reader> open_png(const std::filesystem::path& file);

} // namespace troupe::formats
