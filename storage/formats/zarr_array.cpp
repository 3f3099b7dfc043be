#include "storage/formats/zarr_array.hpp"

#include "storage/formats/refusals.hpp"
#include "storage/formats/whole_picture.hpp"
#include "storage/formats/zarr_folder.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace troupe::formats {
namespace {

using json = nlohmann::json;

constexpr size_t most_dimensions = 16;
constexpr int64_t most_chunks_of_a_shard = 1 << 20;

/// Stops at the limit, so that nothing overflows.
int64_t product_up_to(const std::vector<int64_t>& factors, int64_t most) {
  int64_t product = 1;
  for (auto f : factors) {
    if (f > most / product)
      return most + 1;
    product *= f;
  }
  return product;
}

void check(const zarr_array& a) {
  if (a.shape.empty() || a.shape.size() > most_dimensions)
    refuse(fmt::format("an array of {} dimensions", a.shape.size()));
  if (a.chunk.size() != a.shape.size() || a.order.size() != a.shape.size())
    refuse("its chunks have not the dimensions of the array");
  if (product_up_to(a.chunk, max_whole_picture) > max_whole_picture / a.type.bytes)
    refuse("its chunks are too large");
  if (a.shard
      && product_up_to(a.shard->chunks, most_chunks_of_a_shard) > most_chunks_of_a_shard)
    refuse("its shards have too many chunks");
}

} // namespace

int64_t zarr_shard::count() const {
  return product_up_to(chunks, most_chunks_of_a_shard);
}

int64_t zarr_array::chunk_elements() const {
  return product_up_to(chunk, max_whole_picture);
}

std::string zarr_array::chunk_key(const std::vector<int64_t>& index) const {
  auto found = key.empty() ? prefix : key + "/" + prefix;
  for (size_t i = 0; i < index.size(); ++i) {
    if (i > 0)
      found += separator;
    found += std::to_string(index[i]);
  }
  return found;
}

std::vector<int64_t> zarr_lengths(const json& j, const char* of, int64_t least) {
  if (!j.is_array())
    refuse(fmt::format("its {} is no list", of));
  std::vector<int64_t> lengths;
  for (auto& n : j) {
    if (!n.is_number_integer() || n < least || n > int64_t{1} << 62)
      refuse(
        fmt::format("invalid dimensions: its {} is {}", of, j.dump().substr(0, 100)));
    lengths.push_back(n.get<int64_t>());
  }
  return lengths;
}

zarr_array parse_zarr_array(const std::string& key, const std::string& metadata) {
  const auto j = parse_zarr_json(key, metadata);
  try {
    const auto version = j.at("zarr_format");
    if (version != 2 && version != 3)
      refuse(
        fmt::format("Zarr format {} is not supported", version.dump().substr(0, 20)));
    auto found = version == 2 ? parse_zarr2(j) : parse_zarr3(j);
    check(found);
    found.key = key;
    found.metadata = metadata;
    return found;
  } catch (const json::exception&) {
    refuse("the metadata of its array \"" + key + "\" is broken");
  }
}

zarr_array read_zarr_array(const zarr_folder& folder, const std::string& key) {
  for (auto name : {"/.zarray", "/zarr.json"})
    if (const auto j = folder.read_json(key + name))
      return parse_zarr_array(key, j->dump());
  refuse("its array \"" + key + "\" is missing");
}

} // namespace troupe::formats
