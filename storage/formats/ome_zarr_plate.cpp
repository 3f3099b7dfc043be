// Plates of an OME-Zarr: groups of wells, which are groups of fields.

#include "storage/formats/ome_zarr_contents.hpp"

#include "storage/formats/refusals.hpp"
#include "storage/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace troupe::formats {
namespace {

using json = nlohmann::json;
using names = std::vector<std::string>;

constexpr size_t most_rows = 1000; ///< or columns; plates have 32 x 48 at most

std::string text_in(const json& j, const char* key) {
  return j.contains(key) && j[key].is_string()
           ? clean_text(j[key].get<std::string>(), 255)
           : std::string{};
}

/// Of rows or columns.
names names_of(const json& plate, const char* key) {
  const auto list = plate.value(key, json::array());
  if (!list.is_array() || list.size() > most_rows)
    refuse(fmt::format("the {} of its plate are invalid", key));
  names found;
  for (auto& j : list)
    found.push_back(clean_text(j.at("name").get<std::string>(), 50));
  return found;
}

std::string naming_of(const names& all) {
  const auto digits = [](const std::string& n) {
    return n.find_first_not_of("0123456789") == std::string::npos;
  };
  if (all.empty())
    return {};
  return std::all_of(all.begin(), all.end(), digits) ? "number" : "letter";
}

/// @param part  of the well's path "A/1", where the file does not give the index.
int32_t index_of(const json& well, const char* key, const names& all,
                 const std::string& part) {
  int64_t index = std::find(all.begin(), all.end(), part) - all.begin();
  if (well.contains(key))
    index = well[key].get<int64_t>();
  if (index < 0 || index >= static_cast<int64_t>(all.size()))
    refuse("a well is outside the plate");
  return static_cast<int32_t>(index);
}

std::vector<metadata::plate_run> runs_of(const json& plate, std::vector<int64_t>& ids) {
  std::vector<metadata::plate_run> runs;
  for (auto& j : plate.value("acquisitions", json::array())) {
    ids.push_back(j.value("id", int64_t{static_cast<int64_t>(ids.size())}));
    metadata::plate_run run;
    run.id = std::to_string(ids.back());
    run.name = text_in(j, "name");
    run.description = text_in(j, "description");
    if (const auto most = j.value("maximumfieldcount", 0); most > 0)
      run.most_fields = most;
    runs.push_back(std::move(run));
  }
  return runs;
}

/// Reads the wells of one plate.
class plate_reader {
public:
  plate_reader(const zarr_folder& folder, const ome_zarr_group& group,
               ome_zarr_contents& to)
    : folder_{folder},
      group_{group},
      to_{to} {
    const auto& j = group.attributes["plate"];
    rows_ = names_of(j, "rows");
    columns_ = names_of(j, "columns");
    plate_.name = text_in(j, "name");
    plate_.rows = static_cast<int32_t>(rows_.size());
    plate_.columns = static_cast<int32_t>(columns_.size());
    plate_.row_naming = naming_of(rows_);
    plate_.column_naming = naming_of(columns_);
    plate_.runs = runs_of(j, run_ids_);
  }

  metadata::plate read() {
    std::string first_fault;
    for (auto& well : group_.attributes["plate"].at("wells")) {
      try {
        add_well(well);
      } catch (const failure& e) {
        if (first_fault.empty())
          first_fault = e.what();
        to_.what.warnings.push_back(std::string{"a well was left out: "} + e.what());
      }
    }
    if (to_.images.empty())
      refuse(first_fault.empty() ? "its plate has no images" : first_fault);
    return std::move(plate_);
  }

private:
  void add_well(const json& j) {
    const auto path = j.at("path").get<std::string>();
    const auto key = zarr_key(group_.key, path);
    const auto slash = std::min(path.find('/'), path.size());
    metadata::well well;
    well.row = index_of(j, "rowIndex", rows_, path.substr(0, slash));
    well.column = index_of(j, "columnIndex", columns_,
                           slash < path.size() ? path.substr(slash + 1) : "");
    for (auto& other : plate_.wells)
      if (other.row == well.row && other.column == well.column)
        refuse("\"" + clean_text(path, 50) + "\" is there twice");
    const auto group = read_group(folder_, key);
    if (!group.is("well"))
      refuse("\"" + clean_text(path, 50) + "\" is no well");
    add_fields(group, well);
    plate_.wells.push_back(std::move(well));
  }

  void add_fields(const ome_zarr_group& group, metadata::well& well) {
    const auto label =
      rows_[static_cast<size_t>(well.row)] + columns_[static_cast<size_t>(well.column)];
    size_t number = 0;
    for (auto& j : group.attributes["well"].at("images")) {
      const auto name = fmt::format("{}/{}", label, number++);
      try {
        const auto key = zarr_key(group.key, j.at("path").get<std::string>());
        metadata::field field;
        field.image = static_cast<int32_t>(to_.images.size());
        field.run = run_of(j);
        add_ome_zarr_image(folder_, read_group(folder_, key), name, to_);
        well.fields.push_back(std::move(field));
      } catch (const failure& e) {
        to_.what.warnings.push_back("the field " + name + " was left out: " + e.what());
      }
    }
  }

  std::optional<int32_t> run_of(const json& image) const {
    const auto found = std::find(run_ids_.begin(), run_ids_.end(),
                                 image.value("acquisition", int64_t{-1}));
    if (found == run_ids_.end())
      return std::nullopt;
    return static_cast<int32_t>(found - run_ids_.begin());
  }

  const zarr_folder& folder_;
  const ome_zarr_group& group_;
  ome_zarr_contents& to_;
  names rows_, columns_;
  std::vector<int64_t> run_ids_;
  metadata::plate plate_;
};

} // namespace

void add_ome_zarr_plate(const zarr_folder& folder, const ome_zarr_group& group,
                        ome_zarr_contents& to) {
  auto plate = plate_reader{folder, group, to}.read();
  to.what.about.plates.push_back(std::move(plate));
}

} // namespace troupe::formats
