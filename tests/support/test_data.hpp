// The folder of real images: TROUPE_TEST_DATA, or the one beside the sources. Any folder
// with a MANIFEST.json of that form will do.

#pragma once

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

namespace troupe::test {

inline std::filesystem::path data_folder() {
  if (auto set = std::getenv("TROUPE_TEST_DATA"))
    return set;
  return std::filesystem::path{TROUPE_SOURCE_DIR} / "../shared/data";
}

/// The committed list of what must read well.
inline std::vector<std::string> listed_files() {
  std::ifstream in{std::filesystem::path{TROUPE_SOURCE_DIR}
                   / "tests/support/manifest_list.txt"};
  std::vector<std::string> found;
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && line[0] != '#')
      found.push_back(line);
  return found;
}

/// The manifest's writer puts NaN where JSON has no number.
inline nlohmann::json manifest_of(const std::filesystem::path& folder) {
  std::ifstream in{folder / "MANIFEST.json"};
  std::string text{std::istreambuf_iterator<char>{in}, {}};
  for (size_t at; (at = text.find(": NaN")) != std::string::npos;)
    text.replace(at, 5, ": null");
  return nlohmann::json::parse(text);
}

inline std::map<std::string, nlohmann::json> entries_by_path() {
  const auto all = manifest_of(data_folder());
  std::map<std::string, nlohmann::json> found;
  for (auto& entry : all.at("files"))
    found[entry.at("path").get<std::string>()] = entry;
  return found;
}

/// The file to open: an entry's own path, or the main one of its set.
inline std::filesystem::path file_of(const nlohmann::json& entry) {
  return data_folder() / entry.value("main", entry.at("path").get<std::string>());
}

/// A series of files, each a plane of the entry's image, as an entry for each.
inline std::vector<nlohmann::json> parts_of(const nlohmann::json& entry) {
  if (entry.at("kind") != "file-series")
    return {entry};
  std::vector<nlohmann::json> parts;
  for (size_t i = 0; i < entry.at("files").size(); ++i) {
    auto image = entry.at("series").at(0);
    auto plane = image.at("planes").at(i);
    plane["z"] = plane["t"] = 0;
    image["sizeZ"] = image["sizeT"] = 1;
    image["planes"] = nlohmann::json::array({plane});
    image["channels"] = nlohmann::json::array();
    image["planesOnly"] = true;
    parts.push_back({{"path", entry.at("files").at(i).at("path")},
                     {"series", nlohmann::json::array({image})}});
  }
  return parts;
}

} // namespace troupe::test
