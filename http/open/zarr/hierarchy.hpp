// A Zarr hierarchy without its chunks: groups and arrays, and the files that describe
// them.

#pragma once

#include "storage/pixels.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string>

namespace troupe::http::zarr {

using json = nlohmann::json;

/// Of OME-Zarr: 0.4 is kept in Zarr 2, 0.5 in Zarr 3.
enum class version : uint8_t { v04, v05 };

/// Little-endian, tczyx. A chunk is a tile of one plane, packed by Blosc.
struct array_layout {
  dimensions size;
  extent chunk;
  pixel_type type = pixel_type::uint8;
};

/// A group, or an array when it has a layout or a document.
struct node {
  json attributes = json::object();
  std::optional<array_layout> array = {};
  std::string stored = {}; ///< an array's .zarray or zarr.json, word for word
  bool is_group() const { return !array && stored.empty(); }
};

/// By path below the root; the root is "".
using hierarchy = std::map<std::string, node>;

/// Attributes of a group, with the version where that version of OME-Zarr wants it.
/// @param ome  "multiscales", "omero", "labels", "image-label", "plate" or "well".
json ome_attributes(version v, json ome);

/// Whether a key is that of a file of metadata, in either version: ".zattrs",
/// "0/.zarray".
bool is_metadata(const std::string& key);

/// The file of metadata under a key: ".zattrs", "0/.zarray", "zarr.json", and for the
/// root all of them together (".zmetadata").
/// @param whole  the hierarchy has all there is, so that it may say so.
/// @returns nothing when there is no such file.
std::optional<std::string> metadata_file(const hierarchy& all, version v,
                                         const std::string& key, bool whole);

/// A number of a key as Zarr writes it: no sign, no zeros before it.
std::optional<int32_t> number_in_key(std::string_view text);

} // namespace troupe::http::zarr
