// Thumbnails of many images for one answer, each drawn as a single one is.

#pragma once

#include "http/desk.hpp"

namespace troupe::http {

/// In the order of the images; an error for what cannot be shown.
using drawn_thumbnails = std::vector<caf::expected<encoded_image>>;

/// @param each  how; its image and errand are set for every one.
web_response
draw_thumbnails(desk& d, web_request& in, const std::vector<int64_t>& images,
                const view_thumbnail& each,
                std::function<web_response(const drawn_thumbnails&)> respond);

/// "data:image/jpeg;base64,..."
std::string data_uri(const encoded_image& p);

} // namespace troupe::http
