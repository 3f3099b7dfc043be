// The rendering parameters of a picture's URL: c, maps, m, p, q, format.

#pragma once

#include "actors/session.hpp"
#include "http/web.hpp"

namespace troupe::http {

/// "1|100:2000$FF0000,-2|0:9$fire.lut": channels count from 1, a minus or absence means
/// off. Unparsable entries, windows and colours are passed over, as existing clients
/// expect.
std::vector<render::channel_change> channels_of(std::string_view text);

/// What c says, and maps of its channels.
render::change channels_wished(const web_request& in);

/// "intmax" or "intmax|3:17". @returns nothing for any other text.
std::optional<projection_wish> projection_in(std::string_view text);

/// The etag of the picture that the client has already; empty for none.
std::string known_picture(const web_request& in);

/// @throws failure{bad_request} for an unknown format, model, projection or quality.
picture_wish wish_of(const web_request& in);

} // namespace troupe::http
