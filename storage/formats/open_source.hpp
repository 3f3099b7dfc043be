// Opening images that were imported before.

#pragma once

#include "storage/formats/reader.hpp"

namespace troupe::formats {

/// @throws failure{unreadable} "<file name>: changed since it was imported" when size or
///         time differ, failure{not_found} when the file is gone.
void check_unchanged(const image_source& source);

/// check_unchanged(), then open().
std::unique_ptr<reader> open_source(const image_source& source);

} // namespace troupe::formats
