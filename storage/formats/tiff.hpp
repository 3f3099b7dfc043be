// TIFF, BigTIFF and OME-TIFF, decoded by libtiff.

#pragma once

#include "storage/formats/reader.hpp"

namespace troupe::formats {

bool detect_tiff(std::span<const uint8_t> head);
std::unique_ptr<reader> open_tiff(const std::filesystem::path& file);

} // namespace troupe::formats
