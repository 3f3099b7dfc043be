// Absolute addresses of what a request asks for, as the client sees them.

#pragma once

#include "http/desk.hpp"

namespace troupe::http {

/// "https://images.example/iiif/3/7" of a request for that or anything below it.
/// @param known  how many segments of the path belong to it, after what may stand before
///               the face's own first segment, `face`.
std::string own_address(const desk& d, const web_request& in, std::string_view face,
                        size_t known);

/// The query as it came, with its "?", encoded anew; "" for none.
std::string own_query(const web_request& in);

} // namespace troupe::http
