// Screens, plates, wells and fields of OME-XML.

#include "storage/formats/limits.hpp"
#include "storage/formats/ome_reading.hpp"
#include "storage/formats/ome_units.hpp"
#include "storage/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace troupe::formats {
namespace {

using metadata::field;
using metadata::plate;
using metadata::well;
using reagents = std::unordered_map<std::string, metadata::reagent_index>;

std::string description_of(const pugi::xml_node& node) {
  return clean_text(xml::child(node, "Description").text().as_string());
}

/// @returns nothing when it is absent or negative.
std::optional<int32_t> count(const pugi::xml_node& node, const char* attribute) {
  const auto value = xml::small_whole(node, attribute);
  return value && *value >= 0 ? value : std::nullopt;
}

std::optional<metadata::quantity> position(const pugi::xml_node& node, const char* name,
                                           const char* once) {
  const auto attribute = node.attribute(name) ? name : once;
  const auto value = xml::number(node, attribute);
  const auto unit = xml::text(node, fmt::format("{}Unit", attribute).c_str());
  return value ? std::optional{metadata::quantity{*value, unit.empty() ? "reference frame"
                                                                       : unit}}
               : std::nullopt;
}

metadata::plate_run run_of(const pugi::xml_node& node, ome_reading& r) {
  return {xml::text(node, "ID"),
          xml::text(node, "Name"),
          description_of(node),
          rfc3339(xml::text(node, "StartTime")),
          rfc3339(xml::text(node, "EndTime")),
          count(node, "MaximumFieldCount"),
          r.annotations_of(node)};
}

/// Fields that name an image, in the order of their indexes.
std::vector<field> fields_of(const pugi::xml_node& node, const ome_ids& runs,
                             ome_reading& r) {
  std::vector<std::pair<int32_t, field>> found;
  for (auto& sample : xml::children(node, "WellSample")) {
    const auto image = r.references(sample, "ImageRef", r.images);
    if (image.empty())
      continue;
    field f{.id = xml::text(sample, "ID"), .image = image.front()};
    if (const auto run = runs.find(f.id); run != runs.end())
      f.run = run->second;
    f.x = position(sample, "PositionX", "PosX");
    f.y = position(sample, "PositionY", "PosY");
    f.at = rfc3339(xml::text(sample, "Timepoint"));
    f.annotations = r.annotations_of(sample);
    found.emplace_back(count(sample, "Index").value_or(INT32_MAX), std::move(f));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](auto& a, auto& b) { return a.first < b.first; });
  std::vector<field> fields;
  for (auto& [index, f] : found)
    fields.push_back(std::move(f));
  return fields;
}

std::optional<well> well_of(const pugi::xml_node& node, const reagents& known,
                            const ome_ids& runs, ome_reading& r) {
  well w{.row = count(node, "Row").value_or(limits::max_plate_side),
         .column = count(node, "Column").value_or(limits::max_plate_side)};
  if (w.row >= limits::max_plate_side || w.column >= limits::max_plate_side) {
    r.warn("has a well outside any plate");
    return std::nullopt;
  }
  w.type = xml::text(node, "Type");
  w.external_id = xml::text(node, "ExternalIdentifier");
  w.external_description = xml::text(node, "ExternalDescription");
  w.color = color_of(xml::number(node, "Color"));
  w.fields = fields_of(node, runs, r);
  for (auto& reference : xml::children(node, "ReagentRef"))
    if (const auto found = known.find(xml::text(reference, "ID")); found != known.end())
      w.reagents.push_back(found->second);
  w.annotations = r.annotations_of(node);
  return w;
}

/// A place that comes twice is one well.
std::vector<well> merged(std::vector<well> all) {
  std::vector<well> wells;
  std::map<std::pair<int32_t, int32_t>, size_t> known;
  for (auto& w : all) {
    const auto [place, is_new] = known.try_emplace({w.row, w.column}, wells.size());
    if (is_new) {
      wells.push_back(std::move(w));
      continue;
    }
    auto& fields = wells[place->second].fields;
    std::move(w.fields.begin(), w.fields.end(), std::back_inserter(fields));
  }
  return wells;
}

plate plate_of(const pugi::xml_node& node, const reagents& known, ome_reading& r) {
  plate p;
  p.id = xml::text(node, "ID");
  p.name = xml::text(node, "Name");
  p.description = description_of(node);
  p.status = xml::text(node, "Status");
  p.external_id = xml::text(node, "ExternalIdentifier");
  p.rows = count(node, "Rows");
  p.columns = count(node, "Columns");
  p.row_naming = xml::text(node, "RowNamingConvention");
  p.column_naming = xml::text(node, "ColumnNamingConvention");
  p.origin_x = position(node, "WellOriginX", "WellOriginX");
  p.origin_y = position(node, "WellOriginY", "WellOriginY");
  p.default_field = count(node, "FieldIndex");
  p.annotations = r.annotations_of(node);
  ome_ids runs; // of a field, by its ID
  for (auto& acquisition : xml::children(node, "PlateAcquisition")) {
    for (auto& sample : xml::children(acquisition, "WellSampleRef"))
      runs.emplace(xml::text(sample, "ID"), static_cast<int32_t>(p.runs.size()));
    p.runs.push_back(run_of(acquisition, r));
  }
  std::vector<well> wells;
  for (auto& child : xml::children(node, "Well"))
    if (auto w = well_of(child, known, runs, r))
      wells.push_back(std::move(*w));
  p.wells = merged(std::move(wells));
  return p;
}

metadata::screen screen_of(const pugi::xml_node& node, ome_reading& r) {
  metadata::screen s;
  s.id = xml::text(node, "ID");
  s.name = xml::text(node, "Name");
  s.description = description_of(node);
  s.type = xml::text(node, "Type");
  s.protocol = xml::text(node, "ProtocolIdentifier");
  s.protocol_description = xml::text(node, "ProtocolDescription");
  s.reagent_set = xml::text(node, "ReagentSetIdentifier");
  s.reagent_set_description = xml::text(node, "ReagentSetDescription");
  for (auto& child : xml::children(node, "Reagent"))
    s.reagents.push_back({xml::text(child, "ID"), xml::text(child, "Name"),
                          description_of(child), xml::text(child, "ReagentIdentifier"),
                          r.annotations_of(child)});
  s.annotations = r.annotations_of(node);
  return s;
}

reagents reagents_of(const std::vector<metadata::screen>& screens) {
  reagents all;
  for (size_t s = 0; s < screens.size(); ++s)
    for (size_t i = 0; i < screens[s].reagents.size(); ++i)
      all.emplace(
        screens[s].reagents[i].id,
        metadata::reagent_index{static_cast<int32_t>(s), static_cast<int32_t>(i)});
  return all;
}

} // namespace

void read_plates(const pugi::xml_node& ome, ome_reading& r, metadata::document& about) {
  const auto screens = xml::children(ome, "Screen"), plates = xml::children(ome, "Plate");
  ome_ids screen_ids;
  for (auto& node : screens) {
    about.screens.push_back(screen_of(node, r));
    screen_ids.emplace(about.screens.back().id,
                       static_cast<int32_t>(about.screens.size()) - 1);
  }
  const auto known = reagents_of(about.screens);
  for (auto& node : plates) {
    about.plates.push_back(plate_of(node, known, r));
    r.plates.emplace(about.plates.back().id,
                     static_cast<int32_t>(about.plates.size()) - 1);
  }
  for (size_t i = 0; i < screens.size(); ++i)
    about.screens[i].plates = r.references(screens[i], "PlateRef", r.plates);
  // Before 2011 a plate may name its screen instead.
  for (size_t i = 0; i < plates.size(); ++i)
    for (auto s : r.references(plates[i], "ScreenRef", screen_ids)) {
      auto& listed = about.screens[static_cast<size_t>(s)].plates;
      const auto index = static_cast<int32_t>(i);
      if (std::find(listed.begin(), listed.end(), index) == listed.end())
        listed.push_back(index);
    }
}

} // namespace troupe::formats
