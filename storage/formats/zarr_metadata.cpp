// .zarray of Zarr 2 and zarr.json of Zarr 3.

#include "storage/failure.hpp"

#include "storage/formats/refusals.hpp"
#include "storage/formats/zarr_array.hpp"
#include "storage/text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

namespace troupe::formats {
namespace {

using json = nlohmann::json;

std::string name_in(const json& j, const char* key) {
  return clean_text(j.at(key).get<std::string>(), 50);
}

std::vector<int32_t> c_order(size_t dimensions) {
  std::vector<int32_t> order(dimensions);
  std::iota(order.begin(), order.end(), 0);
  return order;
}

/// @param j  "order" of a transpose codec. @throws failure{unreadable} when it is no
///           permutation.
std::vector<int32_t> transposed(const json& j, const std::vector<int32_t>& order) {
  const auto places = zarr_lengths(j, "transposition", 0);
  std::vector<int32_t> result;
  for (auto p : places)
    result.push_back(
      p < static_cast<int64_t>(order.size()) ? order[static_cast<size_t>(p)] : -1);
  if (!std::is_permutation(result.begin(), result.end(), order.begin(), order.end()))
    refuse("its transposition is invalid");
  return result;
}

char separator_of(const json& j, const char* key, char otherwise) {
  if (!j.is_object() || !j.contains(key))
    return otherwise;
  const auto text = j.at(key).get<std::string>();
  if (text != "/" && text != ".")
    refuse("its chunks are named in an unknown way");
  return text[0];
}

void take_key_encoding(const json& j, zarr_array& a) {
  const auto how = j.value("configuration", json::object());
  const auto plain = name_in(j, "name") == "v2";
  if (!plain && j.at("name") != "default")
    refuse("its chunks are named in an unknown way");
  a.separator = separator_of(how, "separator", plain ? '.' : '/');
  a.prefix = plain ? "" : std::string{"c"} + a.separator;
}

std::vector<zarr_codec> index_codecs_of(const json& j) {
  std::vector<zarr_codec> codecs;
  for (auto& c : j)
    if (const auto name = name_in(c, "name"); name == "crc32c")
      codecs.push_back(zarr_codec::crc32c);
    else if (name != "bytes"
             || c.value("/configuration/endian"_json_pointer, "little") != "little")
      refuse("unsupported codec " + name + " of a shard's index");
  return codecs;
}

void take_codecs(const json& list, zarr_array& a);

/// The chunks of the grid are shards; what they hold are the chunks.
void take_shards(const json& how, zarr_array& a) {
  const auto inner = zarr_lengths(how.at("chunk_shape"), "chunk shape", 1);
  if (a.shard || inner.size() != a.chunk.size() || a.order != c_order(a.order.size()))
    refuse("its shards are not supported");
  zarr_shard shard;
  for (size_t i = 0; i < inner.size(); ++i) {
    if (a.chunk[i] % inner[i] != 0)
      refuse("its shards are no whole chunks");
    shard.chunks.push_back(a.chunk[i] / inner[i]);
  }
  shard.index_first = how.value("index_location", "end") == "start";
  shard.index_codecs = index_codecs_of(how.at("index_codecs"));
  a.chunk = inner;
  a.shard = std::move(shard);
  take_codecs(how.at("codecs"), a);
}

void take_codecs(const json& list, zarr_array& a) {
  auto as_bytes = false; // elements have become bytes
  for (auto& c : list) {
    const auto name = name_in(c, "name");
    const auto how = c.value("configuration", json::object());
    if (name == "transpose" && !as_bytes) {
      a.order = transposed(how.at("order"), a.order);
    } else if (name == "bytes" && !as_bytes) {
      a.type.big_endian = how.value("endian", "little") == "big";
      as_bytes = true;
    } else if (name == "sharding_indexed" && !as_bytes) {
      if (list.size() != 1)
        refuse("its shards are not supported");
      return take_shards(how, a);
    } else if (as_bytes) {
      a.codecs.push_back(zarr_codec_named(name));
    } else {
      refuse("unsupported codec " + name);
    }
  }
  if (!as_bytes)
    refuse("its codecs do not say how elements become bytes");
}

} // namespace

zarr_array parse_zarr2(const json& j) {
  zarr_array a;
  a.shape = zarr_lengths(j.at("shape"), "shape", 1);
  a.chunk = zarr_lengths(j.at("chunks"), "chunk shape", 1);
  if (!j.at("dtype").is_string())
    refuse("arrays of structures are not supported");
  a.type = zarr_type_named(j.at("dtype").get<std::string>());
  a.fill = zarr_fill(j.value("fill_value", json{}), a.type.type);
  a.separator = separator_of(j, "dimension_separator", '.');
  a.order = c_order(a.shape.size());
  if (const auto order = j.value("order", "C"); order == "F")
    std::reverse(a.order.begin(), a.order.end());
  else if (order != "C")
    refuse("elements in an unknown order");
  const auto filters = j.value("filters", json{});
  if (!filters.is_null() && !filters.empty())
    refuse("unsupported filter " + name_in(filters.at(0), "id"));
  if (const auto compressor = j.value("compressor", json{}); !compressor.is_null())
    a.codecs = {zarr_codec_named(name_in(compressor, "id"))};
  return a;
}

zarr_array parse_zarr3(const json& j) {
  if (j.at("node_type") != "array")
    refuse("a group is where an array should be");
  zarr_array a;
  a.shape = zarr_lengths(j.at("shape"), "shape", 1);
  if (!j.at("data_type").is_string())
    refuse("arrays of structures are not supported");
  a.type = zarr_type_named(j.at("data_type").get<std::string>());
  a.fill = zarr_fill(j.value("fill_value", json{}), a.type.type);
  const auto& grid = j.at("chunk_grid");
  if (grid.at("name") != "regular")
    refuse("a chunk grid \"" + name_in(grid, "name") + "\" is not supported");
  a.chunk = zarr_lengths(grid.at("configuration").at("chunk_shape"), "chunk shape", 1);
  a.order = c_order(a.shape.size());
  take_key_encoding(j.at("chunk_key_encoding"), a);
  if (!j.value("storage_transformers", json::array()).empty())
    refuse("storage transformers are not supported");
  take_codecs(j.at("codecs"), a);
  return a;
}

} // namespace troupe::formats
