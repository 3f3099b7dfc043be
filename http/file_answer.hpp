// A kept file as an answer, whole or in ranges.

#pragma once

#include "http/web.hpp"

#include <filesystem>

namespace troupe::http {

/// What the client said of ranges.
struct range_wish {
  std::string range, if_range; ///< the headers
  explicit range_wish(const web_request& in)
    : range{in.header("range")},
      if_range{in.header("if-range")} {}
};

/// Never shown by a browser as a page of ours. A file larger than 512 MiB comes in ranges
/// only; a range longer than 64 MiB is answered with its first 64 MiB, as RFC 9110
/// allows.
/// @param tag  names the content, for If-Range.
/// @throws failure{not_found, unreadable}; {too_large} for what comes in ranges only.
web_response file_answer(const std::filesystem::path& file, const std::string& name,
                         const std::string& tag, const range_wish& wish);

} // namespace troupe::http
