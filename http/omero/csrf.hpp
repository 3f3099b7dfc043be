// CSRF as OMERO's clients know it: a cookie that scripts can read, repeated by every
// request that changes something.

#pragma once

#include "http/omero/call.hpp"

namespace troupe::http::omero {

/// The token of the client's cookie, or a fresh one.
std::string csrf_token(const web_request& in);
/// Sets the cookie with it.
void give_csrf(const call& c, web_response& out, const std::string& token);

/// @returns why the request does not count as the client's own wish; empty when it does.
/// What only reads, or comes with a token in Authorization, needs no proof.
std::string csrf_doubt(call& c);

} // namespace troupe::http::omero
