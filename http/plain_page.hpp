// Pages that the server writes itself: one column, no scripts.

#pragma once

#include "http/route.hpp"

namespace troupe::http {

/// For text and attributes of HTML and XML.
std::string in_markup(std::string_view text);

/// @param title  plain text. @param body  HTML.
web_response plain_page(const std::string& title, const std::string& body,
                        int status = 200);

extern const std::vector<route> plain_page_routes;

/// "12.3 MB"
std::string readable_size(int64_t bytes);

} // namespace troupe::http
