#include "http/open/zarr/plate.hpp"

#include <algorithm>

namespace troupe::http::zarr {

namespace {

constexpr int letters = 26;

std::string well_path(const json& well) {
  return row_name(well.at("row")) + "/"
         + std::to_string(well.at("column").get<int64_t>() + 1);
}

json named(const std::string& name) {
  return {{"name", name}};
}

json rows_of(const json& plate) {
  auto out = json::array();
  for (int32_t row = 0; row < plate.at("rows").get<int32_t>(); ++row)
    out.push_back(named(row_name(row)));
  return out;
}

json columns_of(const json& plate) {
  auto out = json::array();
  for (int32_t column = 1; column <= plate.at("columns").get<int32_t>(); ++column)
    out.push_back(named(std::to_string(column)));
  return out;
}

/// Runs of the plate, in the words of OME-Zarr.
json acquisitions_of(const json& plate) {
  auto out = json::array();
  for (auto& run : plate.at("runs")) {
    json one{{"id", run.at("id")}, {"name", run.at("name")}};
    if (run.at("description") != "")
      one["description"] = run.at("description");
    if (run.at("mostFields").is_number())
      one["maximumfieldcount"] = run.at("mostFields");
    out.push_back(std::move(one));
  }
  return out;
}

json images_of(const json& well) {
  auto out = json::array();
  for (auto& field : well.at("fields")) {
    json one{{"path", std::to_string(out.size())}};
    if (field.at("run").is_number())
      one["acquisition"] = field.at("run");
    out.push_back(std::move(one));
  }
  return out;
}

json plate_of(const json& plate) {
  auto wells = json::array();
  size_t most = 0;
  for (auto& well : plate.at("wells")) {
    const auto fields = well.at("fields").size();
    most = std::max(most, fields);
    if (fields > 0)
      wells.push_back({{"path", well_path(well)},
                       {"rowIndex", well.at("row")},
                       {"columnIndex", well.at("column")}});
  }
  json out{{"name", plate.at("name")},
           {"rows", rows_of(plate)},
           {"columns", columns_of(plate)},
           {"wells", std::move(wells)},
           {"field_count", most}};
  if (auto runs = acquisitions_of(plate); !runs.empty())
    out["acquisitions"] = std::move(runs);
  return out;
}

/// "A" is 0, "AA" is 26.
std::optional<int32_t> row_named(std::string_view name) {
  if (name.empty() || name.size() > 4)
    return std::nullopt;
  int32_t row = 0;
  for (const auto c : name) {
    if (c < 'A' || c > 'Z')
      return std::nullopt;
    row = row * letters + (c - 'A' + 1);
  }
  return row - 1;
}

/// The next part of a path, which loses it.
std::string_view next_part(std::string_view& path) {
  const auto slash = std::min(path.find('/'), path.size());
  const auto part = path.substr(0, slash);
  path.remove_prefix(std::min(slash + 1, path.size()));
  return part;
}

} // namespace

std::string row_name(int32_t row) {
  std::string out;
  for (auto left = row + 1; left > 0; left = (left - 1) / letters)
    out.insert(out.begin(), static_cast<char>('A' + (left - 1) % letters));
  return out;
}

std::optional<field_key> field_in_key(const std::string& key) {
  std::string_view left = key;
  const auto row = row_named(next_part(left));
  const auto column = number_in_key(next_part(left));
  const auto field = number_in_key(next_part(left));
  if (!row || !column || *column < 1 || !field || left.empty())
    return std::nullopt;
  return field_key{*row, *column - 1, *field, std::string{left}};
}

hierarchy plate_hierarchy(const json& plate, version v) {
  hierarchy all;
  all[""].attributes = ome_attributes(v, {{"plate", plate_of(plate)}});
  for (auto& well : plate.at("wells")) {
    if (well.at("fields").empty())
      continue;
    all[row_name(well.at("row"))];
    all[well_path(well)].attributes =
      ome_attributes(v, {{"well", {{"images", images_of(well)}}}});
  }
  return all;
}

} // namespace troupe::http::zarr
