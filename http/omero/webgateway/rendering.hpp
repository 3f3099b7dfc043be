// The rendering parameters of OMERO's URLs: c, maps, m, p, q. What cannot be read is
// passed over, as their clients expect; levels are OMERO's, bit for bit.

#pragma once

#include "http/omero/call.hpp"

namespace troupe::http::omero {

/// @param sections  how many the image has: a projection goes no further.
picture_wish rendering_of(const web_request& in, int32_t sections);

/// The same without a projection, which regions and tiles do not have.
picture_wish rendering_of_part(const web_request& in);

/// {z} and {t} of the path, from 0; absent ones are those shown first.
/// @throws failure{not_found} for what the image does not have.
plane_index plane_in_path(const call& c, const image_grant& g);

web_response picture_answer(const encoded_image& p);
/// What the image does not have is not found, for clients of OMERO.
void miss_what_is_wrong(web_response& out);

/// The picture that the session makes of the message, or its refusal.
template <class M>
web_response picture_for(call& c, M message) {
  auto out = c.house.ask_session(c.in, std::move(message), picture_answer);
  miss_what_is_wrong(out);
  return out;
}

} // namespace troupe::http::omero
