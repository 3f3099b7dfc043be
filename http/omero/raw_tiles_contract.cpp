// The promises of the pixel service.

#include "http/omero/contract.hpp"

namespace troupe::http::omero {

const std::vector<promise> raw_tile_promises{
  {2, "OPTIONS", "/tile", "", 200, "application/json", ""},
  {2, "GET", "/tile/{image}/1/0/0?x=0&y=0&w=16&h=8&format=tif&resolution=0", "", 200,
   "image/tiff", ""},
};

} // namespace troupe::http::omero
