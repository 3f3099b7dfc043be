// Samples of one channel as QuPath fetches them from OMERO's pixel service.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "storage/encode/encode.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

/// Counts from the smallest level; absent is the full size.
int32_t level_in_query(const web_request& in, const image_grant& g) {
  const auto levels = static_cast<int32_t>(g.levels.size());
  const auto resolution = number_or(in, "resolution", levels - 1);
  if (resolution < 0 || resolution >= levels)
    throw failure{errc::not_found, fmt::format("resolution {}: the image has 0 to {}",
                                               resolution, levels - 1)};
  return levels - 1 - resolution;
}

/// Cut at the right and bottom edge. @throws failure{not_found} outside.
region part_in_query(const web_request& in, extent size) {
  const auto x = number_or(in, "x", 0), y = number_or(in, "y", 0);
  const auto width = number_or(in, "w", size.width),
             height = number_or(in, "h", size.height);
  if (x < 0 || y < 0 || x >= size.width || y >= size.height || width < 1 || height < 1)
    throw failure{errc::not_found, "the image has no such part"};
  return {x, y, std::min(width, size.width - x), std::min(height, size.height - y)};
}

web_response raw_tile(call& c) {
  if (const auto format = c.in.argument("format").value_or("tif"); format != "tif")
    throw failure{errc::bad_request, "format must be tif"};
  const auto g = c.ask_room(grant_image{.image = c.id("image")});
  view_samples m{.image = g.image,
                 .at = {c.number("z"), c.number("t")},
                 .channel = c.number("c"),
                 .level = level_in_query(c.in, g)};
  const auto where = part_in_query(c.in, g.levels.at(static_cast<size_t>(m.level)));
  m.where = where;
  const auto found = c.ask_room(std::move(m));
  auto out = encode(encode_samples({where.width, where.height, found.type, found.bytes}));
  out.headers.emplace_back("Cache-Control", "private, no-cache");
  return out;
}

web_response raw_tiles_are_served(call&) {
  return document({{"provider", "PixelBufferMicroservice"}, {"version", TROUPE_VERSION}});
}

} // namespace

const std::vector<route> raw_tile_routes = routes_of({
  {"OPTIONS", "/tile", manner::open, raw_tiles_are_served},
  {"GET", "/tile/{image}/{z}/{c}/{t}", manner::picture, raw_tile},
});

} // namespace troupe::http::omero
