// Screens, plates, their runs, wells and fields.

#include "http/omero/marshal/kinds.hpp"
#include "http/omero/marshal/values.hpp"

#include <algorithm>

namespace troupe::http::omero {

namespace {

using nlohmann::json;

std::string run_text(const json& run, const std::string& details) {
  auto out = head_text("PlateAcquisition", run.at("id"), details);
  put_run(out, run, {.name = run.at("name"), .description = run.at("description")});
  return std::move(out).close();
}

std::string image_text(const listed_object& o, const place& well) {
  const place at{o, well.whose, well.wishes};
  auto out = head_text("Image", o.id, at.details());
  if (well.wishes.whole)
    put_image(out, at);
  else
    put_image_words(out, o);
  if (well.wishes.image_inside)
    well.wishes.image_inside(out, o.id);
  return std::move(out).close();
}

const listed_object* image_of(const json& field, const place& well) {
  if (!well.wishes.inside)
    return nullptr;
  const auto found = std::ranges::lower_bound(
    *well.wishes.inside, field.at("image").get<int64_t>(), {}, &listed_object::id);
  return found == well.wishes.inside->end() ? nullptr : &*found;
}

std::string field_text(const json& field, const place& well) {
  auto out = head_text("WellSample", field.at("id"), well.details());
  out.raw("PositionX", length_text(field.at("x"), field.at("xUnit")));
  out.raw("PositionY", length_text(field.at("y"), field.at("yUnit")));
  out.put("Timepoint", field.at("taken"));
  if (auto* image = image_of(field, well))
    out.raw("Image", image_text(*image, well));
  if (!field.at("run").is_null())
    out.raw("PlateAcquisition", run_text(field.at("run"), well.details()));
  return std::move(out).close();
}

int64_t color_number(const json& rgba) {
  int64_t number = 0;
  for (auto& part : rgba)
    number = number << 8 | part.get<int64_t>();
  return number;
}

} // namespace

void put_screen(object_text& out, const json& facts, const listed_object& o) {
  const auto& more = facts.at("attributes");
  put_words(out, o);
  out.take("Type", more, "type");
  out.take("ProtocolIdentifier", more, "protocol");
  out.take("ProtocolDescription", more, "protocolDescription");
  out.take("ReagentSetIdentifier", more, "reagentSet");
  out.take("ReagentSetDescription", more, "reagentSetDescription");
}

void put_plate(object_text& out, const json& facts, const listed_object& o) {
  const auto& more = facts.at("attributes");
  put_words(out, o);
  out.put("ColumnNamingConvention", facts.at("columnNaming"));
  out.put("RowNamingConvention", facts.at("rowNaming"));
  out.put("Columns", facts.at("columns"));
  out.put("Rows", facts.at("rows"));
  out.put("FieldIndex", facts.at("defaultField"));
  out.take("ExternalIdentifier", more, "externalId");
  out.take("Status", more, "status");
  out.raw("WellOriginX", length_text(more.value("originX", json{})));
  out.raw("WellOriginY", length_text(more.value("originY", json{})));
}

void put_run(object_text& out, const json& facts, const listed_object& o) {
  out.put_if("Name", o.name);
  out.put_if("Description", o.description);
  out.put("MaximumFieldCount", facts.at("mostFields"));
  out.put("StartTime", facts.at("started"));
  out.put("EndTime", facts.at("ended"));
}

void put_well(object_text& out, const json& facts, const place& at) {
  const auto& more = facts.at("attributes");
  out.put("Column", facts.at("column"));
  out.put("Row", facts.at("row"));
  out.take("ExternalDescription", more, "externalDescription");
  out.take("ExternalIdentifier", more, "externalId");
  out.take("Type", more, "type");
  if (more.contains("color"))
    out.put("Color", signed_color(color_number(more.at("color"))));
  list_text fields;
  for (auto& field : facts.at("fields"))
    fields.add(field_text(field, at));
  if (!fields.empty())
    out.raw("WellSamples", std::move(fields).close());
}

std::string field_range(const json& facts) {
  const auto& range = facts.at("fields");
  return range.at(0).is_null() ? "[]" : range.dump();
}

} // namespace troupe::http::omero
