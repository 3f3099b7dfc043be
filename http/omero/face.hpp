// The URLs of OMERO.web: what their rows are made of. Each family of URLs has a folder
// of its own beside this, whose tables are listed in http/faces.cpp.

#pragma once

#include "http/omero/call.hpp"
#include "http/route.hpp"

namespace troupe::http::omero {

/// What clients of a URL expect besides the answer itself: who may ask, and what a
/// refusal looks like.
enum class manner : uint8_t {
  open,    ///< anybody may ask; refused as `data`
  api,     ///< JSON API: 403 {"message": "Not logged in"}; {"message", "stacktrace"}
  data,    ///< signed out as for pages; {"message", "stacktrace"}; JSONP by ?callback=
  text,    ///< signed out as for pages; plain text
  picture, ///< signed out as for pages; a page that says so, nothing for scripts
  pages,   ///< the same
};

struct row {
  const char* method;
  const char* pattern;
  manner how;
  std::function<web_response(call&)> run;
};

/// As the router takes them: with the session of OMERO's cookies, CSRF by its rules, and
/// refusals in the form that its clients read.
std::vector<route> routes_of(const std::vector<row>& rows);

/// Text of that status.
web_response plain(std::string text, int status = 200);
/// A redirect to that address.
web_response redirect(std::string to, int status = 302);

} // namespace troupe::http::omero
