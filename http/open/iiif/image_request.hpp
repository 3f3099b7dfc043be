// An image request's address: what picture it asks for, and how it is best written.

#pragma once

#include "http/open/iiif/image_facts.hpp"

namespace troupe::http::iiif {

/// The segments of the address after the image's.
struct picture_text {
  std::string region, size, rotation;
  std::string last; ///< "default.jpg": quality and format
};

struct picture_request {
  troupe::region where;
  render::finish finish;
  output as = output::jpeg;
  std::string canonical; ///< the four segments, preferred
};

/// @throws failure{bad_request} naming the segment and the reason.
picture_request parse_picture(const picture_text& text, extent image, version v);

} // namespace troupe::http::iiif
