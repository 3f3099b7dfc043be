// Answers that browsers keep as a file, named as OMERO's clients expect.

#pragma once

#include "http/omero/call.hpp"

namespace troupe::http::omero {

/// Blanks become "_" and commas "."; what no header holds "_".
std::string download_name(std::string name);

/// The answer with that name, of a type that no program opens by itself.
web_response as_download(web_response out, const std::string& name);

/// ?zipname=, or the usual name; it ends with ".zip".
std::string zip_name(const call& c, const std::string& usual);

} // namespace troupe::http::omero
