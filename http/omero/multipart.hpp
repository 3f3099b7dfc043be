// Forms: "application/x-www-form-urlencoded" and "multipart/form-data" (RFC 7578).

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace troupe::http::omero {

/// @throws failure{bad_request} for broken escapes.
std::vector<std::pair<std::string, std::string>>
fields_of_urlencoded(std::string_view body);

struct form_part {
  std::string name;
  bool is_file = false;
  std::string file_name, type; ///< of a file
  std::string_view content;    ///< inside the body
};

/// @param type  the Content-Type with its boundary.
/// @param body  lives longer than the parts.
/// @throws failure{bad_request} when it is not what the boundary says.
std::vector<form_part> parts_of_multipart(std::string_view type, std::string_view body);

} // namespace troupe::http::omero
