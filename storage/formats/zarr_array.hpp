// What the metadata of a Zarr array says, of version 2 and 3.

#pragma once

#include "storage/formats/zarr_codec.hpp"
#include "storage/pixels.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>

namespace troupe::formats {

/// How elements are stored, and as what they are read.
struct zarr_type {
  pixel_type type = pixel_type::uint8;
  int32_t bytes = 1; ///< of a stored element; 8 where 64-bit integers become 32-bit ones
  bool big_endian = false;
};

/// Several chunks in one file, with an index of where each is.
struct zarr_shard {
  std::vector<int64_t> chunks; ///< of one shard, per dimension
  bool index_first = false;    ///< the index is at the start of the file
  std::vector<zarr_codec> index_codecs;
  int64_t count() const;
};

struct zarr_array {
  std::string key; ///< its folder, below the root
  zarr_type type;
  std::vector<int64_t> shape, chunk;
  std::vector<int32_t> order; ///< dimensions of a stored chunk, the slowest first
  std::vector<uint8_t> fill;  ///< an element, little-endian, as it is read
  std::string prefix;         ///< of a chunk's key, "c/"
  char separator = '.';
  std::vector<zarr_codec> codecs; ///< in the order chunks were written by
  std::optional<zarr_shard> shard;
  std::string metadata; ///< the JSON this was parsed from

  int64_t chunk_elements() const;
  /// The file of a chunk, or of a shard.
  std::string chunk_key(const std::vector<int64_t>& index) const;
};

class zarr_folder;

/// @throws failure{unreadable} when it is absent, broken, or not supported.
zarr_array read_zarr_array(const zarr_folder& folder, const std::string& key);
/// @param metadata  contents of its .zarray or zarr.json.
zarr_array parse_zarr_array(const std::string& key, const std::string& metadata);

// Parts of that.
zarr_array parse_zarr2(const nlohmann::json& j);
zarr_array parse_zarr3(const nlohmann::json& j);
/// "<u2", "|b1" ... of version 2; "uint16", "bool" ... of version 3.
zarr_type zarr_type_named(const std::string& name);
/// @param j  a number, or what stands for one: "NaN", "0x7fc00000", null.
std::vector<uint8_t> zarr_fill(const nlohmann::json& j, pixel_type type);
/// Lengths of dimensions. @param least  of each.
std::vector<int64_t> zarr_lengths(const nlohmann::json& j, const char* of, int64_t least);

} // namespace troupe::formats
