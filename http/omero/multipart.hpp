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

/// What parts are told by, from the Content-Type. @throws failure{bad_request} without
/// it.
std::string boundary_of_form(std::string_view type);
/// A part without its content. @param head  its lines, without the empty one.
form_part part_with_head(std::string_view head);
/// @throws failure{bad_request}.
[[noreturn]] void refuse_form(const char* why);

/// @param type  the Content-Type with its boundary.
/// @param body  lives longer than the parts.
/// @throws failure{bad_request} when it is not what the boundary says.
std::vector<form_part> parts_of_multipart(std::string_view type, std::string_view body);

} // namespace troupe::http::omero
