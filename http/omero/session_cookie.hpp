// Whose session a request of OMERO's clients belongs to.

#pragma once

#include "http/omero/call.hpp"

namespace troupe::http::omero {

/// Looks at Authorization, ?bsession=, the cookie `sessionid` and our page's own cookie,
/// in this order. Without any, the public user's where there is one.
void find_session(call& c);

/// Sets the cookie when the request brought its session in the address.
void keep_session(const call& c, web_response& out);

/// The cookie with that token; an empty one ends it.
std::string session_cookie(const call& c, const std::string& token);

} // namespace troupe::http::omero
