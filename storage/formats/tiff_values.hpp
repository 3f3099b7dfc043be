// Whether a TIFF's directories can be true: OpenSlide makes room for a value before it
// looks whether the file has that many bytes.

#pragma once

#include <filesystem>

namespace troupe::formats {

/// False when a value is larger than the whole file. Follows the chain of directories as
/// far as it can be read; files of other kinds have no values.
bool tiff_values_fit(const std::filesystem::path& file);

} // namespace troupe::formats
