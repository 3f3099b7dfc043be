// Files of a hierarchy as answers that a client may keep.

#pragma once

#include "http/desk.hpp"

namespace troupe::http::zarr {

/// What a client may do without asking again, seconds: metadata changes when somebody
/// changes how the image is shown, or when it gets levels.
constexpr int metadata_age = 60, chunk_age = 3600;

/// Says the tag and the age; 304 without a body when the client has it already.
web_response kept_answer(const web_request& in, web_response out, const std::string& tag,
                         int seconds);

/// A file of metadata; without one, 404.
web_response metadata_answer(const web_request& in, std::optional<std::string> text);

web_response absent(const web_request& in);

} // namespace troupe::http::zarr
