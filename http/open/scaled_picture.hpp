// A picture whose size depends on its image's: the image is asked about first.

#pragma once

#include "http/desk.hpp"

namespace troupe::http {

/// A picture as it is told by the caller, and headers of the answer.
struct picture_order {
  view_scaled what;
  std::vector<std::pair<std::string, std::string>> headers = {};
};

/// Asks for the image, then for what `order` makes of it. @param order  may throw
/// failure.
web_response scaled_picture(desk& d, web_request& in, int64_t image,
                            std::function<picture_order(const image_grant&)> order);

} // namespace troupe::http
