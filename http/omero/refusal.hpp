// Refusals in the forms that OMERO's clients read.

#pragma once

#include "http/omero/face.hpp"

namespace troupe::http::omero {

/// @param answer  of any kind; one that is a problem of ours is said anew.
web_response as_clients_read(call& c, manner how, web_response answer);

/// What a refusal says, in a sentence.
std::string reason_of(const web_response& refusal);

/// What is wrong with a request is told by 200 {"error": "..."}; what is not there by 404
/// and the same. Who must sign in first is refused as ever.
std::function<web_response(call&)> telling_errors(web_response (*run)(call&));

} // namespace troupe::http::omero
