// Region, size and rotation of an image request: text to pixels.
// IIIF Image API 3.0 and 2.1, section 4.

#pragma once

#include "storage/pixels.hpp"

namespace troupe::http::iiif {

enum class version : uint8_t { two = 2, three = 3 };

/// What one picture may have at most.
struct size_limits {
  int32_t side = 0; ///< pixels of width and of height
  int64_t area = 0; ///< pixels
};

/// "full", "square", "10,20,300,200" or "pct:0,0,50,50", cut at the right and bottom
/// edge.
/// @throws failure{bad_request} for other text and for what shows no pixel.
region region_of(std::string_view text, extent image);

/// "max", "150,", ",100", "pct:50", "150,100", "!150,150"; in version 3 with "^" before
/// it where the picture may become larger than the region, which in version 2 every form
/// but "max" may; there also "full".
/// @param where  size of the region.
/// @throws failure{bad_request} for other text, and for what is larger than it may be.
extent size_of(std::string_view text, extent where, const size_limits& most, version v);

struct rotation {
  bool mirrored = false;
  int32_t quarter_turns = 0; ///< clockwise, 0 to 3
  bool operator==(const rotation&) const = default;
};

/// "0", "90", "180", "270", "360", with "!" before it for mirrored first.
/// @throws failure{bad_request} for other text, other angles as well.
rotation rotation_of(std::string_view text);

/// The one way to write it that is preferred: section 4.7.
std::string canonical_region(const region& where, extent image);
std::string canonical_size(extent size, extent where, const size_limits& most, version v);
std::string canonical_rotation(const rotation& r);

} // namespace troupe::http::iiif
