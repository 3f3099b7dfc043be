#include "http/omero/marshal/objects.hpp"

#include "http/omero/marshal/kinds.hpp"
#include "http/omero/marshal/values.hpp"

namespace troupe::http::omero {

namespace {

/// The name in the schema, which differs from that of messages for regions.
std::string_view schema_name(object_type type) {
  return type == object_type::roi ? "ROI" : omero_name(type);
}

void put_fields(object_text& out, object_type type, const nlohmann::json& facts,
                const place& at) {
  switch (type) {
    case object_type::image: return put_image(out, at);
    case object_type::screen: return put_screen(out, facts, at.object);
    case object_type::plate: return put_plate(out, facts, at.object);
    case object_type::run: return put_run(out, facts, at.object);
    case object_type::well: return put_well(out, facts, at);
    case object_type::roi: return put_roi(out, facts, at);
    default: return put_words(out, at.object);
  }
}

} // namespace

std::string_view omero_name(object_type type) {
  switch (type) {
    case object_type::project: return "Project";
    case object_type::dataset: return "Dataset";
    case object_type::image: return "Image";
    case object_type::screen: return "Screen";
    case object_type::plate: return "Plate";
    case object_type::run: return "PlateAcquisition";
    case object_type::well: return "Well";
    case object_type::roi: return "Roi";
    case object_type::shape: return "Shape";
    default: return name_of(type);
  }
}

object_text head_text(std::string_view schema_name, int64_t id,
                      const std::string& details) {
  object_text out;
  out.put("@type", type_named(schema_name));
  out.put("@id", id);
  out.raw("omero:details", details);
  return out;
}

void put_words(object_text& out, const listed_object& o) {
  out.put("Name", o.name);
  out.put("Description", o.description);
}

nlohmann::json facts_in(const listed_object& o) {
  return o.facts.empty() ? nlohmann::json{} : nlohmann::json::parse(o.facts);
}

object_text marshalled(object_type type, const listed_object& o,
                       const nlohmann::json& facts, const details_book& whose,
                       const marshal_wishes& wishes) {
  const auto& details = wishes.short_details ? whose.short_form(o.owner, o.group)
                                             : whose.full(o.owner, o.group);
  if (type == object_type::shape)
    return shape_text(facts, details);
  auto out = head_text(schema_name(type), o.id, details);
  put_fields(out, type, facts, {o, whose, wishes});
  return out;
}

} // namespace troupe::http::omero
