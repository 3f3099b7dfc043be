// Objects of the catalogue in the shapes of OMERO's JSON.

#pragma once

#include "http/omero/marshal/details.hpp"

#include <functional>

namespace troupe::http::omero {

/// "Project", "PlateAcquisition", "Roi": as OMERO's messages call them.
std::string_view omero_name(object_type type);

struct marshal_wishes {
  bool whole = false; ///< what was asked for whole; of wells: pixels in images
  bool short_details =
    false; ///< of the object itself; what is inside keeps the full form
  const std::vector<listed_object>* inside = nullptr; ///< images of wells, by ids
  /// Adds keys to each image inside a well.
  std::function<void(object_text&, int64_t image)> image_inside = {};
};

/// The facts of an object, null without any.
nlohmann::json facts_in(const listed_object& o);

/// "@type", "@id", "omero:details" and all fields of an object that list_objects gave,
/// open for more keys. Of shapes "@type" tells the kind.
/// @param facts  of the object, see facts_in().
object_text marshalled(object_type type, const listed_object& o,
                       const nlohmann::json& facts, const details_book& whose,
                       const marshal_wishes& wishes = {});

/// What the facts of plates and runs tell of their fields: [first, last] or [].
std::string field_range(const nlohmann::json& facts);

/// One shape, see list_objects of shapes.
object_text shape_text(const nlohmann::json& shape, const std::string& details);

} // namespace troupe::http::omero
