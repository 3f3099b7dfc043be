// A plate as the group of an OME-Zarr: rows, wells in them, fields in those.

#pragma once

#include "http/open/zarr/hierarchy.hpp"

namespace troupe::http::zarr {

/// "A" to "Z", then "AA"; columns are numbers from 1.
std::string row_name(int32_t row);

/// What a key below a plate is about: "B/3/0/.zattrs" is ".zattrs" of field 0 of B/3.
struct field_key {
  int32_t row = 0, column = 0, field = 0; ///< from 0
  std::string key;
};
/// @returns nothing for the files of plate, rows and wells themselves.
std::optional<field_key> field_in_key(const std::string& key);

/// Its groups but those of the fields.
/// @param plate  as the API tells of it, with its wells; those without a field to be seen
/// are left out.
hierarchy plate_hierarchy(const json& plate, version v);

} // namespace troupe::http::zarr
