// Objects that links name instead of giving their ids.

#pragma once

#include "http/omero/call.hpp"
#include "schema/queries/object_pages.hpp"

namespace troupe::http::omero {

/// "project.name-x|dataset.name-y", "plate.name-x|well.name-A1": the last one that has a
/// name of its own. Nothing when none is visible.
std::optional<object_place> object_by_names(call& c, std::string_view path);

} // namespace troupe::http::omero
