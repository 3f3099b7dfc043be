// A folder of originals as a page for people and as properties for file managers.

#pragma once

#include "http/web.hpp"
#include "schema/queries/original_tree.hpp"

namespace troupe::http {

/// The strong ETag of a file, in its quotes.
std::string entity_tag(const original_file& file);

/// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string dav_date(int64_t seconds_since_1970);

/// Where the folder or file of that path below /dav is. Folders end with a slash.
std::string dav_address(const web_request& in, const std::vector<std::string>& path,
                        bool is_folder);

web_response dav_page(const web_request& in, const std::vector<std::string>& path,
                      const tree_node& folder);

/// 207 with what was asked for: see RFC 4918, section 9.1.
/// @param asked  the body of the request, empty = all properties.
/// @param depth  0 = of the node itself, 1 = of what is in it as well.
/// @throws failure{bad_request} for a body that is no such question.
web_response dav_properties(const web_request& in, const std::vector<std::string>& path,
                            const tree_node& node, const std::string& asked, int depth);

} // namespace troupe::http
