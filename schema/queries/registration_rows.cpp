#include "schema/queries/registration_rows.hpp"

#include "schema/queries/histograms.hpp"
#include "schema/queries/renderings.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

#include <set>

namespace troupe {

namespace {

using nlohmann::json;

/// Calls add(row, fileset, series number) for every image.
template <class Add>
json per_image(const registration& what, Add add) {
  auto rows = json::array();
  for (const auto& fileset : what.filesets)
    for (size_t i = 0; i < fileset.found.what.images.size(); ++i)
      add(rows, json{{"main", fileset.main_import_file}, {"series", i}}, fileset, i);
  return rows;
}

json optional_number(const std::optional<double>& value) {
  return value ? number_to_json(*value) : json{};
}

void put_registered(json& row, const std::string& column,
                    const std::optional<formats::quantity>& value) {
  if (!value)
    return;
  row[column] = number_to_json(value->value);
  row[column + "_unit"] = clean_text(value->unit, 64);
}

json image_row(json row, const new_fileset& fileset, size_t series) {
  const auto& s = fileset.found.what.images[series];
  row["name"] = file_given_name(fileset.names[series], "", "image", series);
  row["description"] = clean_text(s.description);
  row["acquired"] = clean_text(s.acquired, 64);
  row["size_x"] = s.size.x;
  row["size_y"] = s.size.y;
  row["size_z"] = s.size.z;
  row["size_c"] = s.size.c;
  row["size_t"] = s.size.t;
  row["pixel_type"] = static_cast<int>(s.type);
  row["significant_bits"] = s.significant_bits;
  row["rgb"] = s.rgb;
  row["dimension_order"] = clean_text(s.dimension_order, 5);
  put_registered(row, "physical_x", s.physical_x);
  put_registered(row, "physical_y", s.physical_y);
  put_registered(row, "physical_z", s.physical_z);
  put_registered(row, "time_increment", s.time_increment);
  row["levels"] = array_of(s.levels);
  row["tile"] =
    "{" + std::to_string(s.tile.width) + "," + std::to_string(s.tile.height) + "}";
  row["state"] = static_cast<int>(
    is_measured(fileset.found, series) ? image_state::ready : image_state::measuring);
  return row;
}

/// One value of every plane in the order (t, c, z), or null when no plane has it.
template <class Value>
json dense(const formats::series& s, Value value) {
  std::vector<std::optional<double>> values;
  for (const auto& plane : s.planes) {
    auto at = (int64_t{plane.t} * s.size.c + plane.c) * s.size.z + plane.z;
    auto all = int64_t{s.size.z} * s.size.c * s.size.t;
    if (!value(plane) || at < 0 || at >= all)
      continue;
    values.resize(static_cast<size_t>(all));
    values[static_cast<size_t>(at)] = value(plane);
  }
  auto list = json::array();
  for (const auto& v : values)
    list.push_back(optional_number(v));
  return values.empty() ? json{} : list;
}

/// Counted, or else estimated.
json histogram_row(const inspection& found, size_t series, size_t channel) {
  for (auto* all : {&found.measured, &found.estimated})
    if (series < all->size() && channel < (*all)[series].channels.size())
      return histogram_to_json((*all)[series].channels[channel].bins);
  return {};
}

} // namespace

bool is_measured(const inspection& found, size_t series) {
  return series < found.measured.size() && !found.measured[series].channels.empty();
}

void check_registration(const registration& what) {
  std::set<int32_t> mains;
  for (const auto& fileset : what.filesets) {
    auto images = fileset.found.what.images.size();
    if (fileset.files.empty() || images == 0 || fileset.names.size() != images
        || fileset.settings.size() != images
        || !mains.insert(fileset.main_import_file).second)
      throw failure{errc::internal, "a registration that does not fit itself"};
  }
}

json fileset_rows(const registration& what) {
  auto rows = json::array();
  for (const auto& fileset : what.filesets) {
    check_text("path", fileset.prefix, 4096);
    auto warnings = json::array();
    for (const auto& warning : fileset.found.what.warnings)
      warnings.push_back(clean_text(warning, 1000));
    rows.push_back({{"main", fileset.main_import_file},
                    {"prefix", fileset.prefix},
                    {"format", clean_text(fileset.format, 64)},
                    {"warnings", std::move(warnings)}});
  }
  return rows;
}

json file_rows(const registration& what) {
  auto rows = json::array();
  for (const auto& fileset : what.filesets)
    for (size_t i = 0; i < fileset.files.size(); ++i) {
      const auto& file = fileset.files[i];
      check_text("path", file.name, 4096);
      rows.push_back({{"main", fileset.main_import_file},
                      {"position", i},
                      {"name", file.name},
                      {"client_path", clean_text(file.client_path, 4096)},
                      {"bytes", file.bytes},
                      {"sha256", is_sha256(file.sha256) ? json(file.sha256) : json{}},
                      {"modified_ns", file.modified_ns}});
    }
  return rows;
}

json image_rows(const registration& what) {
  return per_image(what,
                   [](json& rows, json row, const new_fileset& fileset, size_t series) {
                     rows.push_back(image_row(std::move(row), fileset, series));
                   });
}

json channel_rows(const registration& what) {
  return per_image(
    what, [](json& rows, const json& row, const new_fileset& fileset, size_t i) {
      const auto& channels = fileset.found.what.images[i].channels;
      for (size_t c = 0; c < channels.size(); ++c) {
        auto channel = row;
        channel["position"] = c;
        channel["name"] = clean_text(channels[c].name, 255);
        if (channels[c].color)
          channel["color"] = to_number(*channels[c].color);
        channel["emission"] = optional_number(channels[c].emission);
        channel["excitation"] = optional_number(channels[c].excitation);
        if (is_measured(fileset.found, i)
            && c < fileset.found.measured[i].channels.size()) {
          channel["min"] = number_to_json(fileset.found.measured[i].channels[c].min);
          channel["max"] = number_to_json(fileset.found.measured[i].channels[c].max);
        }
        channel["histogram"] = histogram_row(fileset.found, i, c);
        rows.push_back(std::move(channel));
      }
    });
}

json plane_rows(const registration& what) {
  using plane = formats::plane_fact;
  return per_image(what, [](json& rows, json row, const new_fileset& fileset, size_t i) {
    const auto& s = fileset.found.what.images[i];
    if (s.planes.empty())
      return;
    row["delta_t"] = dense(s, [](const plane& p) { return p.delta_t; });
    row["exposure"] = dense(s, [](const plane& p) { return p.exposure; });
    row["x"] = dense(s, [](const plane& p) { return p.x; });
    row["y"] = dense(s, [](const plane& p) { return p.y; });
    row["z"] = dense(s, [](const plane& p) { return p.z_position; });
    rows.push_back(std::move(row));
  });
}

json rendering_rows(const registration& what) {
  return per_image(what, [](json& rows, json row, const new_fileset& fileset, size_t i) {
    const auto& size = fileset.found.what.images[i].size;
    row["model"] = static_cast<int>(fileset.settings[i].model);
    row["z"] = (size.z - 1) / 2;
    row["t"] = 0;
    row["channels"] = to_json(fileset.settings[i].channels);
    rows.push_back(std::move(row));
  });
}

} // namespace troupe
