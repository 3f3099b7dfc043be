// Regions that may lie over the edges of their image: there is paper.

#pragma once

#include "http/omero/call.hpp"

namespace troupe::http::omero {

/// Full-size pixels of an image, not only its own.
struct any_region {
  double x = 0, y = 0, width = 0, height = 0;
};

/// @returns a side in another scale, at least a pixel.
int32_t scaled_side(double side, double scale);

/// Asks for the region in `scale` times its size, light grey where the image ends.
void lay_on_paper(view_scaled& m, const any_region& r, const dimensions& image,
                  double scale);

} // namespace troupe::http::omero
