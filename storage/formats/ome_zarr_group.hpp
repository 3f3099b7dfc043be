// Groups of an OME-Zarr: their attributes, whichever version of Zarr keeps them.

#pragma once

#include "storage/formats/zarr_folder.hpp"

#include <nlohmann/json.hpp>

namespace troupe::formats {

struct ome_zarr_group {
  std::string key;     ///< below the root, empty = the root
  std::string version; ///< "0.4", empty = not said
  nlohmann::json attributes;
  bool is(const char* kind) const { return attributes.contains(kind); }
};

/// @returns nothing when there is none. @throws failure{unreadable} when it is broken or
///          of a version we do not know.
std::optional<ome_zarr_group> find_group(const zarr_folder& folder,
                                         const std::string& key);
/// @throws failure{unreadable} also when there is none.
ome_zarr_group read_group(const zarr_folder& folder, const std::string& key);

/// "x.zarr/.zattrs" for groups of Zarr 2, "x.zarr/zarr.json" for those of 3.
std::string file_in(const std::string& key, const char* name);

} // namespace troupe::formats
