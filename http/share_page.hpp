// What people see who open a share in a browser.

#pragma once

#include "http/desk.hpp"

namespace troupe::http {

/// The shared images, a slice of them at a time, with the addresses for other programs.
web_response share_page(desk& d, web_request& in, const session_record& visitor);

/// A refusal as a page; where a password is missing, with the form for it.
web_response share_refusal_page(const web_request& in, const web_response& refusal);

} // namespace troupe::http
