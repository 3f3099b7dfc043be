// The fields of each kind of object, out of what list_objects tells of it.

#pragma once

#include "http/omero/marshal/objects.hpp"

namespace troupe::http::omero {

/// Whose the object is, for what is inside it.
struct place {
  const listed_object& object;
  const details_book& whose;
  const marshal_wishes& wishes;

  const std::string& details() const { return whose.full(object.owner, object.group); }
};

/// "@type", "@id", "omero:details".
object_text head_text(std::string_view schema_name, int64_t id,
                      const std::string& details);

void put_words(object_text& out, const listed_object& o); ///< Name, Description
void put_screen(object_text& out, const nlohmann::json& facts, const listed_object& o);
void put_plate(object_text& out, const nlohmann::json& facts, const listed_object& o);
void put_run(object_text& out, const nlohmann::json& facts, const listed_object& o);
void put_well(object_text& out, const nlohmann::json& facts, const place& at);
/// With its pixels, and their channels when it was asked for whole.
void put_image(object_text& out, const place& at);
/// Without pixels.
void put_image_words(object_text& out, const listed_object& o);
void put_roi(object_text& out, const nlohmann::json& facts, const place& at);

} // namespace troupe::http::omero
