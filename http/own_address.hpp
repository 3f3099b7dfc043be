// Absolute addresses of what a request asks for, as the client sees them.

#pragma once

#include "http/web.hpp"

namespace troupe::http {

/// "https://images.example/iiif/3/7" of a request for that or anything below it.
/// @param known  how many segments of the path are wanted.
std::string own_address(const web_request& in, size_t known);

/// The query as it came, with its "?", encoded anew; "" for none.
std::string own_query(const web_request& in);

} // namespace troupe::http
