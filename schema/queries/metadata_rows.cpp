#include "schema/queries/metadata_rows.hpp"

#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"

namespace troupe {

namespace {

using nlohmann::json;

json json_of(const metadata::value& value) {
  if (auto text = std::get_if<std::string>(&value))
    return clean_text(*text, 4000);
  if (auto number = std::get_if<double>(&value))
    return number_to_json(*number);
  if (auto truth = std::get_if<bool>(&value))
    return *truth;
  const auto& q = std::get<metadata::quantity>(value);
  return {{"value", number_to_json(q.value)}, {"unit", clean_text(q.unit, 64)}};
}

json parts_of(const std::vector<metadata::part>& parts) {
  auto list = json::array();
  for (const auto& p : parts)
    list.push_back(troupe::json_of(p));
  return list;
}

/// Calls add(rows, row, acquisition) for every image that has one.
template <class Add>
json per_acquisition(const registration& what, Add add) {
  return per_document(what, [&](json& rows, json row, const metadata::document& about) {
    for (size_t i = 0; i < about.images.size(); ++i) {
      row["series"] = i;
      add(rows, row, about.images[i]);
    }
  });
}

} // namespace

json json_of(const metadata::part& p) {
  auto attributes = json::object();
  for (const auto& [name, value] : p.attributes)
    attributes[name] = json_of(value);
  return {{"kind", p.kind},
          {"id", clean_text(p.id, 255)},
          {"attributes", attributes},
          {"parts", parts_of(p.parts)}};
}

json fact_rows(const registration& what) {
  auto rows = json::array();
  for (const auto& fileset : what.filesets) {
    auto facts = json::array(), warnings = json::array();
    for (const auto& [name, value] : fileset.found.what.facts)
      facts.push_back({clean_text(name, 255), clean_text(value)});
    for (const auto& warning : fileset.found.what.warnings)
      warnings.push_back(clean_text(warning, 1000));
    rows.push_back(
      {{"main", fileset.main_import_file}, {"facts", facts}, {"warnings", warnings}});
  }
  return rows;
}

json instrument_rows(const registration& what) {
  return per_document(what, [](json& rows, json row, const metadata::document& about) {
    for (size_t i = 0; i < about.instruments.size(); ++i) {
      row["position"] = i;
      row["body"] = json_of(about.instruments[i]);
      rows.push_back(row);
    }
  });
}

json acquisition_rows(const registration& what) {
  return per_acquisition(what,
                         [](json& rows, json row, const metadata::acquisition& made) {
                           if (made.instrument)
                             row["instrument"] = *made.instrument;
                           row["settings"] = parts_of(made.settings);
                           rows.push_back(std::move(row));
                         });
}

json channel_attribute_rows(const registration& what) {
  return per_acquisition(what,
                         [](json& rows, json row, const metadata::acquisition& made) {
                           for (size_t c = 0; c < made.channels.size(); ++c) {
                             row["position"] = c;
                             row["attributes"] = json_of(made.channels[c]);
                             rows.push_back(row);
                           }
                         });
}

} // namespace troupe
