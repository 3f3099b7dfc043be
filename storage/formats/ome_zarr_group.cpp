#include "storage/formats/ome_zarr_group.hpp"

#include "storage/formats/refusals.hpp"
#include "storage/text.hpp"

namespace troupe::formats {
namespace {

using json = nlohmann::json;

/// Where the versions before 0.5 write theirs: in what it is about.
std::string version_of(const json& attributes) {
  for (auto& place : {attributes, attributes.value("/multiscales/0"_json_pointer, json{}),
                      attributes.value("plate", json{}), attributes.value("well", json{}),
                      attributes.value("image-label", json{})})
    if (place.is_object() && place.contains("version") && place["version"].is_string())
      return clean_text(place["version"].get<std::string>(), 50);
  return {};
}

void check_version(const std::string& version) {
  for (auto known : {"0.1", "0.2", "0.3", "0.4", "0.5"})
    if (version.empty() || version == known
        || version.starts_with(std::string{known} + "-"))
      return;
  refuse("OME-Zarr version " + version + " is not supported");
}

ome_zarr_group group_of(const std::string& key, json attributes) {
  if (!attributes.is_object())
    refuse("the attributes of its group \"" + key + "\" are broken");
  auto version = version_of(attributes);
  check_version(version);
  return {key, std::move(version), std::move(attributes)};
}

ome_zarr_group group_of_zarr3(const std::string& key, const json& j) {
  if (!j.is_object() || !j.contains("zarr_format") || j["zarr_format"] != 3)
    refuse("the metadata of its group \"" + key + "\" is broken");
  const auto attributes = j.value("attributes", json::object());
  if (!attributes.is_object())
    refuse("the attributes of its group \"" + key + "\" are broken");
  return group_of(key, attributes.value("ome", attributes));
}

} // namespace

std::string file_in(const std::string& key, const char* name) {
  return key.empty() ? name : key + "/" + name;
}

std::optional<ome_zarr_group> find_group(const zarr_folder& folder,
                                         const std::string& key) {
  if (auto j = folder.read_json(file_in(key, "zarr.json")))
    return group_of_zarr3(key, *j);
  if (auto j = folder.read_json(file_in(key, ".zattrs")))
    return group_of(key, std::move(*j));
  return std::nullopt;
}

ome_zarr_group read_group(const zarr_folder& folder, const std::string& key) {
  if (auto found = find_group(folder, key))
    return std::move(*found);
  refuse(key.empty() ? "it has no OME-Zarr metadata"
                     : "its group \"" + key + "\" is missing");
}

} // namespace troupe::formats
