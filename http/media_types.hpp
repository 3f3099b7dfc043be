// What files of pages are, by the ends of their names.

#pragma once

#include <string_view>

namespace troupe::http {

/// "text/javascript; charset=utf-8" of "main.js"; octets of a name that says nothing.
std::string_view media_type_of(std::string_view path);

} // namespace troupe::http
