// Signing in with a name and a password, for every face.

#pragma once

#include "http/desk.hpp"

namespace troupe::http {

/// How long a session lasts, seconds.
int32_t life_seconds(const configuration& config);

/// The cookie of our own page; an empty token ends it.
std::string page_cookie(const configuration& config, const std::string& token);

/// Opens a session. `respond` builds the response from it.
web_response open_session_for(desk& d, web_request& in, const std::string& login,
                              const std::string& password,
                              std::function<web_response(const signed_in&)> respond);

/// Ends the request's session.
web_response close_session_of(desk& d, web_request& in,
                              std::function<web_response()> respond);

} // namespace troupe::http
