// The few pages of this face that ask for something: who you are, and whether to leave.

#pragma once

#include "http/omero/face.hpp"

namespace troupe::http::omero {

web_response login_page(call& c, const std::string& problem, int status);
web_response logout_page(call& c);

/// Its title as a heading, with a CSRF cookie. @param body  HTML.
web_response page_with_token(const call& c, const std::string& title,
                             const std::string& body);

} // namespace troupe::http::omero
