// Manifests of IIIF Presentation 3: pictures in an order, with what is known of them.

#pragma once

#include "schema/queries/containers.hpp"
#include "schema/queries/images.hpp"

#include <nlohmann/json_fwd.hpp>

namespace troupe::http::iiif {

/// More canvases in one manifest no viewer shows.
constexpr int64_t most_canvases = 10'000;

/// Where manifests are found.
struct manifest_address {
  std::string id;   ///< of this manifest
  std::string base; ///< of the server's addresses
};

/// A canvas for each image that can be shown, as it is shown first.
nlohmann::json manifest_of(const dataset_details& dataset,
                           const std::vector<image_entry>& images,
                           const manifest_address& at);

/// A canvas for each section of each time point.
/// @throws failure{too_large} for more than `most_canvases` of them, {unreadable} for a
///         damaged image.
nlohmann::json manifest_of(const image_details& image, const manifest_address& at);

} // namespace troupe::http::iiif
