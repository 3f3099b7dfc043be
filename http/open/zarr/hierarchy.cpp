#include "http/open/zarr/hierarchy.hpp"

#include "http/open/numbers.hpp"

#include <algorithm>
#include <array>

namespace troupe::http::zarr {

namespace {

/// What a type is called, and how a zero of it is written.
struct zarr_type_words {
  const char *v2, *v3;
  json zero;
};

zarr_type_words words_of(pixel_type type) {
  switch (type) {
    case pixel_type::bit:
    case pixel_type::uint8: return {"|u1", "uint8", 0};
    case pixel_type::int8: return {"|i1", "int8", 0};
    case pixel_type::int16: return {"<i2", "int16", 0};
    case pixel_type::uint16: return {"<u2", "uint16", 0};
    case pixel_type::int32: return {"<i4", "int32", 0};
    case pixel_type::uint32: return {"<u4", "uint32", 0};
    case pixel_type::float32: return {"<f4", "float32", 0.0};
    case pixel_type::float64: return {"<f8", "float64", 0.0};
    case pixel_type::complex64: return {"<c8", "complex64", {0.0, 0.0}};
    case pixel_type::complex128: return {"<c16", "complex128", {0.0, 0.0}};
  }
  return {"|u1", "uint8", 0};
}

json shape_of(const dimensions& d) {
  return {d.t, d.c, d.z, d.y, d.x};
}

json chunks_of(extent e) {
  return {1, 1, 1, e.height, e.width};
}

json zarray_of(const array_layout& a) {
  const auto words = words_of(a.type);
  return {{"zarr_format", 2},
          {"shape", shape_of(a.size)},
          {"chunks", chunks_of(a.chunk)},
          {"dtype", words.v2},
          {"compressor",
           {{"id", "blosc"},
            {"cname", "zstd"},
            {"clevel", 1},
            {"shuffle", 2},
            {"blocksize", 0}}},
          {"fill_value", words.zero},
          {"order", "C"},
          {"filters", nullptr},
          {"dimension_separator", "/"}};
}

json codecs_of(const array_layout& a) {
  return json::array({{{"name", "bytes"}, {"configuration", {{"endian", "little"}}}},
                      {{"name", "blosc"},
                       {"configuration",
                        {{"typesize", bytes_of(a.type)},
                         {"cname", "zstd"},
                         {"clevel", 1},
                         {"shuffle", "bitshuffle"},
                         {"blocksize", 0}}}}});
}

json array_node_of(const node& n) {
  if (!n.stored.empty())
    return json::parse(n.stored);
  const auto words = words_of(n.array->type);
  return {{"zarr_format", 3},
          {"node_type", "array"},
          {"shape", shape_of(n.array->size)},
          {"data_type", words.v3},
          {"chunk_grid",
           {{"name", "regular"},
            {"configuration", {{"chunk_shape", chunks_of(n.array->chunk)}}}}},
          {"chunk_key_encoding",
           {{"name", "default"}, {"configuration", {{"separator", "/"}}}}},
          {"fill_value", words.zero},
          {"codecs", codecs_of(*n.array)},
          {"dimension_names", {"t", "c", "z", "y", "x"}},
          {"attributes", n.attributes}};
}

json node_of(const node& n) {
  if (!n.is_group())
    return array_node_of(n);
  return {{"zarr_format", 3}, {"node_type", "group"}, {"attributes", n.attributes}};
}

/// Zarr 3: the root's document with everybody's inside.
json whole_node_of(const hierarchy& all, const node& root) {
  auto inside = json::object();
  for (auto& [path, n] : all)
    if (!path.empty())
      inside[path] = node_of(n);
  auto out = node_of(root);
  out["consolidated_metadata"] = {
    {"kind", "inline"}, {"must_understand", false}, {"metadata", std::move(inside)}};
  return out;
}

json zarray_document_of(const node& n) {
  return n.stored.empty() ? zarray_of(*n.array) : json::parse(n.stored);
}

/// Zarr 2: every file by its key.
json consolidated(const hierarchy& all) {
  auto files = json::object();
  for (auto& [path, n] : all) {
    const auto below = path.empty() ? path : path + "/";
    if (n.is_group())
      files[below + ".zgroup"] = {{"zarr_format", 2}};
    else
      files[below + ".zarray"] = zarray_document_of(n);
    if (!n.attributes.empty())
      files[below + ".zattrs"] = n.attributes;
  }
  return {{"zarr_consolidated_format", 1}, {"metadata", std::move(files)}};
}

/// "A/1/.zattrs" is the file ".zattrs" of "A/1".
std::pair<std::string, std::string> split_key(const std::string& key) {
  const auto slash = key.rfind('/');
  return slash == key.npos ? std::pair{std::string{}, key}
                           : std::pair{key.substr(0, slash), key.substr(slash + 1)};
}

std::string written(const json& document) {
  return document.dump(2, ' ', false, json::error_handler_t::replace);
}

std::optional<std::string> file_of_v2(const hierarchy& all, const node& n,
                                      const std::string& path, const std::string& name,
                                      bool whole) {
  if (name == ".zattrs")
    return written(n.attributes);
  if (name == ".zgroup" && n.is_group())
    return written({{"zarr_format", 2}});
  if (name == ".zarray" && !n.is_group())
    return n.stored.empty() ? written(zarray_of(*n.array)) : n.stored;
  if (name == ".zmetadata" && path.empty() && whole)
    return written(consolidated(all));
  return std::nullopt;
}

} // namespace

json ome_attributes(version v, json ome) {
  if (v == version::v05) {
    ome["version"] = "0.5";
    return {{"ome", std::move(ome)}};
  }
  for (auto& [key, value] : ome.items()) {
    auto& place = value.is_array() && !value.empty() ? value[0] : value;
    if (place.is_object())
      place["version"] = "0.4";
  }
  return ome;
}

bool is_metadata(const std::string& key) {
  constexpr std::array names{".zgroup", ".zattrs", ".zarray", ".zmetadata", "zarr.json"};
  const auto name = split_key(key).second;
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<std::string> metadata_file(const hierarchy& all, version v,
                                         const std::string& key, bool whole) {
  const auto [path, name] = split_key(key);
  const auto found = all.find(path);
  if (found == all.end())
    return std::nullopt;
  auto& n = found->second;
  if (v == version::v04)
    return file_of_v2(all, n, path, name, whole);
  if (name != "zarr.json")
    return std::nullopt;
  if (!n.stored.empty())
    return n.stored;
  return written(path.empty() && whole ? whole_node_of(all, n) : node_of(n));
}

std::optional<int32_t> number_in_key(std::string_view text) {
  return text.size() > 1 && text[0] == '0' ? std::nullopt : plain_number(text);
}

} // namespace troupe::http::zarr
