// The browser's page: files built from http/ui and kept in the program.

#pragma once

#include "http/web.hpp"

#include <string_view>

namespace troupe::http {

/// A file of the page as the build embedded it.
struct page_file {
  std::string_view path; ///< "/assets/index-4f2a.js"
  std::string_view plain, gzipped;
  std::string_view etag;
};

/// Written by the build; empty when it was built without the page.
extern const page_file* const page_files;
extern const size_t page_file_count;

/// The file of that path, or the page itself for every address a person may type.
web_response page_response(const web_request& in);

} // namespace troupe::http
