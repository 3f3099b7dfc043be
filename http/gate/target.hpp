// The target of a request line: percent escapes, path segments, query arguments.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace troupe::http {

struct request_target {
  std::string path; ///< decoded, begins with '/', keeps a trailing one
  std::vector<std::string> segments;
  std::vector<std::pair<std::string, std::string>> query;
};

/// @param raw  "/a/b%20c/?x=1&y", as the client wrote it.
/// @returns nothing for wrong escapes, NUL or text that is not UTF-8 anywhere; in the
///          path also for control characters, '.', '..', empty inner segments, and
///          '/' or '\' hidden in a segment.
std::optional<request_target> parse_target(std::string_view raw);

} // namespace troupe::http
