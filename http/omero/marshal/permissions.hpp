// What a group's level and the viewer's rights are in OMERO's words.

#pragma once

#include "http/omero/marshal/text.hpp"
#include "schema/queries/groups.hpp"

namespace troupe::http::omero {

/// "rwra--": two letters each for the owner, the group, all others.
std::string_view perm_of(group_level level);

/// @param rights  bits of `right`: what the viewer may do with the object.
std::string permissions_text(group_level level, int32_t rights);

/// Details of a group, and of people and words, which are in no group.
std::string details_of_group(group_level level);
const std::string& nobodys_details();

} // namespace troupe::http::omero
