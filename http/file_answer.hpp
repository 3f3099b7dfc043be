// A kept file, or what is made like one, as an answer: whole or in ranges, streamed.

#pragma once

#include "http/web.hpp"
#include "storage/files/descriptor.hpp"

namespace troupe::http {

/// What the client said of ranges.
struct range_wish {
  std::string range, if_range; ///< the headers
  explicit range_wish(const web_request& in)
    : range{in.header("range")},
      if_range{in.header("if-range")} {}
};

/// What is downloaded. Never shown by a browser as a page of ours.
struct downloaded {
  std::string type; ///< media type
  std::string name; ///< for the client's disk
  std::string tag;  ///< names the content, for If-Range
  uint64_t bytes = 0;
};

/// @param make  a stream of so many bytes from an offset; may throw.
/// @returns 200, 206, or 416.
web_response ranged_answer(
  const downloaded& what, const range_wish& wish,
  const std::function<std::shared_ptr<body_stream>(uint64_t offset, uint64_t bytes)>&
    make);

web_response file_answer(descriptor file, const std::string& name, const std::string& tag,
                         const range_wish& wish);
/// @throws failure{not_found, unreadable}.
web_response file_answer(const std::filesystem::path& file, const std::string& name,
                         const std::string& tag, const range_wish& wish);

} // namespace troupe::http
