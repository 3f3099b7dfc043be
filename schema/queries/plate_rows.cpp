// Screens, plates, wells and fields as rows.

#include "schema/queries/metadata_rows.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"

#include <algorithm>

namespace troupe {

namespace {

using metadata::document;
using nlohmann::json;

template <class T>
json optional(const std::optional<T>& value) {
  return value ? json(*value) : json{};
}

void put_plate_key(json& row, const char* key, const std::string& text) {
  if (!text.empty())
    row[key] = clean_text(text, 4000);
}

void put_plate_key(json& row, const char* key,
                   const std::optional<metadata::quantity>& q) {
  if (q)
    row[key] = {{"value", q->value}, {"unit", clean_text(q->unit, 64)}};
}

std::string naming(const std::string& said, const char* normally) {
  return said == "letter" || said == "number" ? said : normally;
}

json screen_attributes(const metadata::screen& s) {
  auto attributes = json::object();
  put_plate_key(attributes, "type", s.type);
  put_plate_key(attributes, "protocol", s.protocol);
  put_plate_key(attributes, "protocolDescription", s.protocol_description);
  put_plate_key(attributes, "reagentSet", s.reagent_set);
  put_plate_key(attributes, "reagentSetDescription", s.reagent_set_description);
  return attributes;
}

json plate_attributes(const metadata::plate& p) {
  auto attributes = json::object();
  put_plate_key(attributes, "status", p.status);
  put_plate_key(attributes, "externalId", p.external_id);
  put_plate_key(attributes, "originX", p.origin_x);
  put_plate_key(attributes, "originY", p.origin_y);
  return attributes;
}

json well_attributes(const metadata::well& w) {
  auto attributes = json::object();
  put_plate_key(attributes, "type", w.type);
  put_plate_key(attributes, "externalId", w.external_id);
  put_plate_key(attributes, "externalDescription", w.external_description);
  if (w.color)
    attributes["color"] = {w.color->red, w.color->green, w.color->blue, w.color->alpha};
  return attributes;
}

/// What the plate says, or as many as its wells need.
int32_t side(const metadata::plate& p, const std::optional<int32_t>& said,
             int32_t metadata::well::*place) {
  auto most = said.value_or(0);
  for (const auto& w : p.wells)
    most = std::max(most, w.*place + 1);
  return most;
}

/// Calls add(rows, row, plate) for every plate, its position in the row.
template <class Add>
json per_plate(const registration& what, Add add) {
  return per_document(what, [&](json& rows, json row, const document& about) {
    for (size_t i = 0; i < about.plates.size(); ++i) {
      row["plate"] = i;
      add(rows, row, about.plates[i]);
    }
  });
}

template <class Add>
json per_well(const registration& what, Add add) {
  return per_plate(what, [&](json& rows, json row, const metadata::plate& p) {
    for (const auto& w : p.wells) {
      row["well_row"] = w.row;
      row["well_column"] = w.column;
      add(rows, row, w);
    }
  });
}

} // namespace

json screen_rows(const registration& what) {
  return per_document(what, [](json& rows, json row, const document& about) {
    for (size_t i = 0; i < about.screens.size(); ++i) {
      const auto& s = about.screens[i];
      row["position"] = i;
      row["name"] = file_given_name(s.name, s.id, "screen", i);
      row["description"] = clean_text(s.description);
      row["attributes"] = screen_attributes(s);
      rows.push_back(row);
    }
  });
}

json reagent_rows(const registration& what) {
  return per_document(what, [](json& rows, json row, const document& about) {
    for (size_t s = 0; s < about.screens.size(); ++s)
      for (size_t i = 0; i < about.screens[s].reagents.size(); ++i) {
        const auto& reagent = about.screens[s].reagents[i];
        row["screen"] = s;
        row["position"] = i;
        row["name"] = clean_text(reagent.name, 255);
        row["description"] = clean_text(reagent.description);
        row["identifier"] = clean_text(reagent.identifier, 255);
        rows.push_back(row);
      }
  });
}

json plate_rows(const registration& what) {
  return per_plate(what, [](json& rows, json row, const metadata::plate& p) {
    row["name"] = file_given_name(p.name, p.id, "plate", row["plate"]);
    row["description"] = clean_text(p.description);
    row["rows"] = side(p, p.rows, &metadata::well::row);
    row["columns"] = side(p, p.columns, &metadata::well::column);
    row["row_naming"] = naming(p.row_naming, "letter");
    row["column_naming"] = naming(p.column_naming, "number");
    row["default_field"] = p.default_field.value_or(0);
    row["attributes"] = plate_attributes(p);
    rows.push_back(std::move(row));
  });
}

json screen_plate_rows(const registration& what) {
  return per_document(what, [](json& rows, json row, const document& about) {
    for (size_t s = 0; s < about.screens.size(); ++s)
      for (auto plate : about.screens[s].plates) {
        row["screen"] = s;
        row["plate"] = plate;
        rows.push_back(row);
      }
  });
}

json run_rows(const registration& what) {
  return per_plate(what, [](json& rows, json row, const metadata::plate& p) {
    for (size_t i = 0; i < p.runs.size(); ++i) {
      const auto& run = p.runs[i];
      row["position"] = i;
      row["name"] = clean_text(run.name, 255);
      row["description"] = clean_text(run.description);
      row["started"] = run.started;
      row["ended"] = run.ended;
      row["most_fields"] = optional(run.most_fields);
      rows.push_back(row);
    }
  });
}

json well_rows(const registration& what) {
  return per_well(what, [](json& rows, json row, const metadata::well& w) {
    row["attributes"] = well_attributes(w);
    rows.push_back(std::move(row));
  });
}

json well_reagent_rows(const registration& what) {
  return per_well(what, [](json& rows, json row, const metadata::well& w) {
    for (auto [screen, reagent] : w.reagents) {
      row["screen"] = screen;
      row["reagent"] = reagent;
      rows.push_back(row);
    }
  });
}

json field_rows(const registration& what) {
  return per_well(what, [](json& rows, const json& row, const metadata::well& w) {
    for (size_t i = 0; i < w.fields.size(); ++i) {
      const auto& f = w.fields[i];
      auto field = row;
      field["position"] = i;
      field["series"] = f.image;
      field["run"] = optional(f.run);
      for (auto& [axis, value] : {std::pair{"x", f.x}, std::pair{"y", f.y}})
        if (value) {
          field[axis] = value->value;
          field[std::string{axis} + "_unit"] = clean_text(value->unit, 64);
        }
      field["taken"] = f.at;
      rows.push_back(std::move(field));
    }
  });
}

} // namespace troupe
