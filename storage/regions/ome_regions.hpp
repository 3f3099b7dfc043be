// The regions in OME-XML, of any schema that is read.

#pragma once

#include "storage/regions/region_file.hpp"

#include <pugixml.hpp>

namespace troupe::regions {

bool is_ome_regions(std::string_view bytes);

/// Those of the first image, or without images all. What cannot be kept is warned of.
found_regions read_ome_regions(std::string_view bytes, const dimensions& image);

/// OME-XML 2016-06 of an image without pixels, with its regions. Left out: line caps,
/// and words of fonts and markers that the schema does not know.
std::string write_ome_regions(const drawing& d);

/// Adds ROI elements to the OME element, which has everything that stands before them,
/// and references to its first Image.
void append_regions(pugi::xml_node ome, const std::vector<metadata::roi>& rois);

} // namespace troupe::regions
