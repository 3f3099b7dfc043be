// The page of OMERO's viewer, where its files are there; else our own.

#pragma once

#include "http/omero/call.hpp"

namespace troupe::http::omero {

/// Whether the administrator has put its files there.
bool has_their_viewer(const call& c);

/// For who is signed in. @param image  in addition to what the query names.
web_response viewer_page(call& c, std::optional<int64_t> image = std::nullopt);

} // namespace troupe::http::omero
