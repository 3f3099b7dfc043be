// GeoJSON as QuPath writes and reads it: a feature per region, polygons with holes,
// ellipses marked, planes beside the coordinates.

#pragma once

#include "storage/regions/region_file.hpp"

namespace troupe::regions {

bool is_geojson(std::string_view bytes);

/// The name is the region's; the class's name becomes its shapes' text, its colour, or
/// the object's, their stroke. What has no plane is on all.
found_regions read_geojson(std::string_view bytes, const dimensions& image);

/// A feature for each plane, style and kind that a region has shapes of. Left out: fills,
/// lines' widths, fonts. QuPath knows no shape on all sections but of one time: it gets the
/// first.
std::string write_geojson(const drawing& d);

} // namespace troupe::regions
