// The way in for who has no account: /share/{token}/ before any address that only looks.

#pragma once

#include "http/desk.hpp"

namespace troupe::http {

/// Whether the address begins with a share.
bool comes_by_share(const web_request& in);

/// Cuts the share off the address and finds with whose eyes the rest is seen: its
/// password comes as X-Share-Password, by Basic, or by the form that browsers get.
/// @returns the answer where the request goes no further: a refusal, or a page of the
///          share itself.
std::optional<web_response> through_share(desk& d, web_request& in);

} // namespace troupe::http
