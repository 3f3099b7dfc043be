// Small Zarr folders made in code.

#pragma once

#include "storage/formats/zarr_codec.hpp"
#include "tests/unit/storage/scratch_folder.hpp"

#include <cstring>
#include <nlohmann/json.hpp>

namespace troupe::test {

using nlohmann::json;

inline void put(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  write_file(file, text);
}

template <class Sample>
std::string text_of_samples(const std::vector<Sample>& samples) {
  std::string text(samples.size() * sizeof(Sample), '\0');
  std::memcpy(text.data(), samples.data(), text.size());
  return text;
}

/// .zarray with what an uncompressed array says, changed by `more`.
inline json zarr2(const std::vector<int64_t>& shape, const std::vector<int64_t>& chunks,
                  const char* type, const json& more = json::object()) {
  json j{{"zarr_format", 2}, {"shape", shape},   {"chunks", chunks},
         {"dtype", type},    {"order", "C"},     {"fill_value", 0},
         {"filters", {}},    {"compressor", {}}, {"dimension_separator", "/"}};
  j.update(more);
  return j;
}

inline json zarr3(const std::vector<int64_t>& shape, const std::vector<int64_t>& chunks,
                  const char* type, const json& codecs) {
  return {
    {"zarr_format", 3},
    {"node_type", "array"},
    {"shape", shape},
    {"data_type", type},
    {"chunk_grid", {{"name", "regular"}, {"configuration", {{"chunk_shape", chunks}}}}},
    {"chunk_key_encoding",
     {{"name", "default"}, {"configuration", {{"separator", "/"}}}}},
    {"fill_value", 0},
    {"codecs", codecs}};
}

/// "multiscales" of one image whose axes have one letter each.
inline json multiscale(const std::string& axes, const std::vector<std::string>& paths,
                       const char* unit = nullptr) {
  json image{{"version", "0.4"}, {"axes", json::array()}, {"datasets", json::array()}};
  for (auto axis : axes) {
    json j{{"name", std::string{axis}}};
    if (unit)
      j["unit"] = unit;
    image["axes"].push_back(std::move(j));
  }
  for (auto& path : paths)
    image["datasets"].push_back({{"path", path}});
  return {{"multiscales", {std::move(image)}}};
}

} // namespace troupe::test
