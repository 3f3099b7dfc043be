// What the URLs of the tree share: their parameters, rights as words, rows of objects.

#pragma once

#include "http/omero/face.hpp"
#include "schema/queries/object_pages.hpp"

namespace troupe::http::omero {

/// A row whose refusals are plain text, also that of a group the viewer is not in.
row tree_row(const char* method, const char* pattern, web_response (*run)(call&));

/// ?page=, which counts from 1 with 0 for all there is, and ?limit=.
struct tree_page {
  int64_t offset = 0;
  int32_t limit = 200;
};
/// @throws failure{bad_request} for what is negative.
tree_page tree_page_of(call& c, int32_t normal_limit = 200);

/// An id that may be -1 for all of them: then, and without it, nothing.
std::optional<int64_t> narrowing(call& c, const char* name);

/// What the viewer may do, as classes of a page's style.
/// @param rights  bits of `right`.
std::string perms_css(int32_t rights, bool own);

/// What the viewer may do with an object of a page.
int32_t rights_in(const object_page& page, const listed_object& o);

/// "2024-05-01T12:00:00+00:00", null for null.
json tree_time(const json& milliseconds);

/// {"id", "name", "ownerId", "permsCss", "childCount" where there can be children}.
json tree_item(call& c, const object_page& page, const listed_object& o);

/// The items of a question, which is asked for the page.
json tree_branch(call& c, list_objects question, const tree_page& which);

/// Images with what the request wishes to know of them.
json image_branch(call& c, list_objects question, const tree_page& which);

} // namespace troupe::http::omero
