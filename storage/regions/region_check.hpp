// What shapes must be like, wherever they come from.

#pragma once

#include "storage/metadata/roi.hpp"

#include <string_view>
#include <vector>

namespace troupe::regions {

struct limits {
  static constexpr size_t most_rois = 100'000; ///< of one request or file
  static constexpr size_t most_shapes = 200'000;
  static constexpr size_t most_points = 100'000;    ///< of one shape
  static constexpr size_t most_numbers = 8'000'000; ///< coordinates of one request
  static constexpr int64_t most_mask_pixels = 1 << 28;
  static constexpr size_t most_mask_bytes = 64 << 20; ///< of one request
  static constexpr double farthest = 1e9;             ///< pixels from the origin
  static constexpr size_t most_bytes = 64 << 20;      ///< of a file or a body
};

/// @param field  names the shape: "rois[3].shapes[0]".
/// @throws failure{bad_request} naming the field and what it should be.
void check_shape(const metadata::shape& s, std::string_view field,
                 const dimensions& image);

/// Every shape of every region, and how many there are.
/// @param list  what they are called in refusals: "rois[3].shapes[0]".
/// @throws failure{bad_request, too_large}.
void check_regions(const std::vector<metadata::roi>& rois, const dimensions& image,
                   std::string_view list = "rois");

} // namespace troupe::regions
