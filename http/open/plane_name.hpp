// How faces with one picture for each address name it: an image, or one plane of it.

#pragma once

#include "http/web.hpp"
#include "schema/queries/images.hpp"

namespace troupe::http {

struct plane_name {
  int64_t image = 0;
  std::optional<int32_t> z, t; ///< absent: those shown first
};

/// "7" or "7,2,0": image, or image, section and time point, from 0.
/// @throws failure{not_found} for any other text.
plane_name plane_named(std::string_view text);

/// As the text says, where it names no plane as ?z= and ?t= say.
plane_name plane_named(std::string_view text, const web_request& in);

/// @throws failure{bad_request} for a plane that the image does not have, {unreadable}
/// for
///         a damaged image.
plane_index plane_shown(const plane_name& name, const image_grant& g);

} // namespace troupe::http
