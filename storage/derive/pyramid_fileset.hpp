// A fileset whose image has the levels that were made for it.

#pragma once

#include "storage/formats/fileset.hpp"

#include <filesystem>

namespace troupe::derive {

/// Differs from one pyramid in `folder` to the next. @returns nothing when there is none.
std::optional<std::string> identity(const std::filesystem::path& folder);

/// @param source  the fileset as it is, with `series` in need of levels.
/// @param file  its main file. @param folder  what build() made.
/// @returns nothing when there is no pyramid, or it was made of something else.
formats::fileset_ptr with_pyramid(formats::fileset_ptr source,
                                  const std::filesystem::path& file, int32_t series,
                                  const std::filesystem::path& folder);

} // namespace troupe::derive
