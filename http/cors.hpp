// What browsers must be told before a page of another site may read our answers.

#pragma once

#include "actors/configuration.hpp"
#include "http/web.hpp"

namespace troupe::http {

/// The answer to a browser that asks what a listed page may send; nothing for another
/// request.
std::optional<web_response> preflight_answer(const configuration& config,
                                             const web_request& in);

/// Lets the page of a listed origin read the answer; to others nothing is said. The star
/// lets everybody read, but never with the cookies of who looks.
void allow_origin(const configuration& config, const web_request& in, web_response& out);

} // namespace troupe::http
