// The few pages of this face that ask for something: who you are, and whether to leave.

#pragma once

#include "http/omero/face.hpp"

namespace troupe::http::omero {

/// A page of the title, with the common style and a CSRF cookie.
/// @param body  HTML; its texts are escaped already.
web_response small_page(const call& c, const std::string& title, const std::string& body,
                        int status = 200);

/// Text inside HTML, also inside quotes.
std::string escaped(std::string_view text);

web_response login_page(call& c, const std::string& problem, int status);
web_response logout_page(call& c);
web_response page_style(call& c);

} // namespace troupe::http::omero
