#include "http/open/iiif/image_facts.hpp"

#include "storage/render/level_region.hpp"

#include <nlohmann/json.hpp>

namespace troupe::http::iiif {

namespace {

using nlohmann::json;

/// In how few pixels the image is there, from the smallest.
json sizes_of(const image_grant& g) {
  auto out = json::array();
  for (auto i = g.levels.rbegin(); i != g.levels.rend(); ++i)
    if (i->width <= picture_limits.side && i->height <= picture_limits.side
        && int64_t{i->width} * i->height <= picture_limits.area)
      out.push_back({{"width", i->width}, {"height", i->height}});
  return out;
}

json tiling_of(const image_grant& g) {
  const auto tile = tiles_of(g.tile);
  json out{{"width", tile.width}, {"scaleFactors", scale_factors(g)}};
  if (tile.height != tile.width)
    out["height"] = tile.height;
  return json::array({out});
}

const json qualities{"color", "gray", "bitonal"};

json info_2(const image_grant& g, const std::string& id) {
  const json support{{"formats", {"jpg", "png", "tif"}},
                     {"qualities", qualities},
                     {"supports",
                      {"canonicalLinkHeader", "mirroring", "profileLinkHeader",
                       "regionSquare", "sizeAboveFull"}},
                     {"maxWidth", picture_limits.side},
                     {"maxArea", picture_limits.area}};
  return {{"@context", "http://iiif.io/api/image/2/context.json"},
          {"@id", id},
          {"protocol", "http://iiif.io/api/image"},
          {"profile", json::array({"http://iiif.io/api/image/2/level2.json", support})},
          {"width", g.size.x},
          {"height", g.size.y},
          {"sizes", sizes_of(g)},
          {"tiles", tiling_of(g)}};
}

json info_3(const image_grant& g, const std::string& id) {
  return {{"@context", "http://iiif.io/api/image/3/context.json"},
          {"id", id},
          {"type", "ImageService3"},
          {"protocol", "http://iiif.io/api/image"},
          {"profile", "level2"},
          {"width", g.size.x},
          {"height", g.size.y},
          {"maxWidth", picture_limits.side},
          {"maxArea", picture_limits.area},
          {"sizes", sizes_of(g)},
          {"tiles", tiling_of(g)},
          {"extraFormats", {"tif"}},
          {"extraQualities", qualities},
          {"extraFeatures",
           {"canonicalLinkHeader", "mirroring", "profileLinkHeader", "sizeUpscaling"}}};
}

} // namespace

std::vector<int32_t> scale_factors(const image_grant& g) {
  const extent full{g.size.x, g.size.y};
  std::vector<int32_t> out;
  for (auto& level : g.levels)
    if (auto factor = render::whole_factor(full, level))
      out.push_back(*factor);
  if (out.empty())
    out.push_back(1);
  const auto tile = tiles_of(g.tile);
  while (int64_t{tile.width} * out.back() < full.width
         || int64_t{tile.height} * out.back() < full.height)
    out.push_back(out.back() * 2);
  return out;
}

json info_of(const image_grant& g, const std::string& id, version v) {
  return v == version::two ? info_2(g, id) : info_3(g, id);
}

} // namespace troupe::http::iiif
