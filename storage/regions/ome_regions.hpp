// The regions in OME-XML, of any schema that is read.

#pragma once

#include "storage/regions/region_file.hpp"

namespace troupe::regions {

bool is_ome_regions(std::string_view bytes);

/// Those of the first image, or without images all. What cannot be kept is warned of.
found_regions read_ome_regions(std::string_view bytes, const dimensions& image);

/// OME-XML 2016-06 of an image without pixels, see exports::write_ome_xml.
std::string write_ome_regions(const drawing& d);

} // namespace troupe::regions
