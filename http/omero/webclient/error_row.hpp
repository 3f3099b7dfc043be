// Rows whose refusals are {"error": reason}.

#pragma once

#include "http/omero/face.hpp"

namespace troupe::http::omero {

row error_row(const char* method, const char* pattern, web_response (*run)(call&));

/// Why a room refused. @throws refused when that has a form of its own: signed out, or
/// no problem at all.
std::string reason_of_refusal(const refused& r);

} // namespace troupe::http::omero
