// What this server does with pictures, and has of an image, in IIIF's words.

#pragma once

#include "actors/pictures.hpp"
#include "http/open/iiif/geometry.hpp"
#include "schema/queries/images.hpp"

#include <nlohmann/json_fwd.hpp>

namespace troupe::http::iiif {

/// A JPEG has no more in one direction.
constexpr size_limits picture_limits{65'500, max_picture_pixels};

/// How many times smaller a level is than the full size, ascending, until one tile shows
/// the whole image: those of the image, then doubled.
std::vector<int32_t> scale_factors(const image_grant& g);

/// The document of info.json. @param id  the address of the image.
nlohmann::json info_of(const image_grant& g, const std::string& id, version v);

} // namespace troupe::http::iiif
