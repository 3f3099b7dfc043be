// The directories of a pyramid's BigTIFF: a page per plane, its smaller levels as
// SubIFDs.

#pragma once

#include "storage/derive/pyramid_file.hpp"

namespace troupe::derive {

struct directory_block {
  std::string bytes;
  uint64_t first = 0; ///< where in the file the first directory is
};

/// @param offset  where in the file the bytes will be; even.
directory_block tiff_directories(const pyramid_plan& plan, const pyramid_file& tiles,
                                 uint64_t offset);

/// The 16 bytes a BigTIFF begins with.
std::string tiff_header(uint64_t first_directory);

} // namespace troupe::derive
