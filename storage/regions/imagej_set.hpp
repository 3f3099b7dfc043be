// ImageJ's RoiSet.zip: an archive of .roi files.

#pragma once

#include "storage/regions/region_file.hpp"

namespace troupe::regions {

bool is_imagej_set(std::string_view bytes);

/// A region per file; others than .roi are left out. What unpacks to more than a file may
/// have is refused before it is unpacked.
found_regions read_imagej_set(std::string_view bytes, const dimensions& image);

/// A file per shape, in the order they were drawn.
std::string write_imagej_set(const drawing& d);

} // namespace troupe::regions
