// What a response looks like on the wire: its head's fields, and the gate's own words.

#pragma once

#include "http/gate/request_head.hpp"
#include "http/web.hpp"

#include <string>
#include <utility>
#include <vector>

namespace troupe::http {

/// @returns a whole response with a problem document, after which the connection ends.
std::string refusal_text(const refusal& why);

/// @returns the answer to a request whose handler failed.
web_response failure_answer(const std::string& request_id);

/// @returns the fields to send: what is not a field (line breaks, names that are no
/// token) and what is the gate's to say (lengths, Connection, Date) is left out of the
/// handler's, then the gate's own are added.
std::vector<std::pair<std::string, std::string>> fields_of(const web_response& response,
                                                           bool close);

/// @returns whether a response of that status can have a body.
bool has_body(const web_response& response);

} // namespace troupe::http
