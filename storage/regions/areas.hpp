// Shapes as polygons with holes, for what knows no other kinds.

#pragma once

#include "storage/measurement/shape.hpp"
#include "storage/metadata/roi.hpp"

#include <vector>

namespace troupe::regions {

/// The last point is joined to the first.
using ring = std::vector<measurement::point>;

struct area {
  ring outer;
  std::vector<ring> holes;
};

/// One ring with the same inside by the even-odd rule: the holes hang on bridges of no
/// width between the first points.
ring with_bridges(const area& a);
/// The area whose ring it is; a ring without bridges is an area without holes.
area without_bridges(const ring& r);

/// Which of the rings, that do not cross, are holes of which (even-odd).
/// @throws failure{too_large} for more than 20'000 rings.
std::vector<area> sorted(std::vector<ring> rings);

/// Around the set pixels of a mask, along their edges; those that touch at a corner only
/// are apart.
/// @throws failure{too_large} for a mask of more than 64 million pixels.
std::vector<area> outlines(const metadata::shape& mask);

/// The same place without a transform: rectangles and ellipses stay such where that is
/// possible, else they and masks become polygons (an ellipse one of 96 corners).
std::vector<metadata::shape> flattened(const metadata::shape& s);

/// @returns the areas of a flattened rectangle, ellipse, polygon or mask.
std::vector<area> areas_of(const metadata::shape& flat);

/// For statistics of its samples. @param flat  a flattened shape; a label is a point.
measurement::shape measured_shape(const metadata::shape& flat);

ring ring_of(const std::vector<double>& geometry); ///< x, y of each point
std::vector<double> geometry_of(const ring& r);

} // namespace troupe::regions
