// Shapes as OMERO's clients write them.

#pragma once

#include "storage/metadata/roi.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace troupe::http::omero {

/// The counterpart of shape_text(): what is not there is not said. The bits of a mask do
/// not come this way.
/// @param name  of the shape in refusals. @throws failure{bad_request} naming the key.
metadata::shape shape_in(const nlohmann::json& body, const std::string& name);

} // namespace troupe::http::omero
