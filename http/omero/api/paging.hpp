// offset, limit and the other parameters of lists, and what lists answer.

#pragma once

#include "http/omero/call.hpp"
#include "http/omero/marshal/text.hpp"

namespace troupe::http::omero {

struct slice {
  int64_t offset = 0;
  int32_t limit = 200; ///< 0..500
};
/// Missing or negative is the default, more than the most the most.
/// @throws refused: 400 in OMERO's words for what is no whole number.
slice slice_of(const call& c);

/// A whole number of the query. @throws refused, as above.
std::optional<int64_t> query_integer(const call& c, const char* name);
/// Only the word "true" is true.
bool query_flag(const call& c, const char* name);

/// {"data": [...], "meta": {...}}, open for more keys.
object_text list_answer(list_text items, const slice& which, int64_t total);

/// A response of the JSON API, with its version.
web_response api_answer(std::string body, int status = 200);

} // namespace troupe::http::omero
