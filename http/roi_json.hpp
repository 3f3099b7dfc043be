// Regions and shapes in requests and replies.

#pragma once

#include "http/web.hpp"
#include "schema/queries/draw.hpp"

#include <nlohmann/json_fwd.hpp>

namespace troupe::http {

/// {kind, geometry, z, c, t, transform, mask, text, locked, fill, stroke, style}, as the
/// API shows a stored one; only kind and geometry must be there.
/// @param field  names it in refusals: "rois[3].shapes[0]".
metadata::shape drawn_shape_in(const nlohmann::json& body, const std::string& field);

/// {name, description, shapes}. @throws failure{bad_request} naming the field, as all do.
metadata::roi roi_in(const nlohmann::json& body, const std::string& field);
std::vector<metadata::roi> rois_in(const nlohmann::json& body, const char* field);

/// {id, version, name, description, shapes (all there are), put, drop}; a shape with an
/// id takes the place of that one.
region_change region_change_in(const nlohmann::json& body, const std::string& field);

/// {"create", "change", "delete", "image"}.
draw_regions drawing_in(const nlohmann::json& body);

/// The version in If-Match, in quotes or not. @throws failure{bad_request}.
std::optional<int32_t> expected_version(const web_request& in);

nlohmann::json json_of(const drawn_region& r);
/// 200 with {created, changed, deleted, trash, refused}.
web_response encode(const drawn_regions& r);

} // namespace troupe::http
