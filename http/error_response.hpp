// Every refusal the server gives: errors to statuses and problem documents (RFC 9457).

#pragma once

#include "actors/room.hpp"
#include "http/web.hpp"

namespace troupe::http {

/// The only place where an error becomes an HTTP status.
int status_of(errc code);

/// @param request  the request's id, so that a person can name what failed.
web_response problem(errc code, const std::string& detail, const std::string& request);
web_response problem(const caf::error& e, const std::string& request);
/// For what has no errc: 405, 416 and the like.
web_response problem(int status, const std::string& detail, const std::string& request);

/// CAF's own errors mean: a dead, slow or overloaded receiver, try again.
errc code_of(const caf::error& e);

} // namespace troupe::http
