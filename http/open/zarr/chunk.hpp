// One chunk of an array, made of samples when it is asked for.

#pragma once

#include "actors/pictures.hpp"
#include "http/open/zarr/hierarchy.hpp"

namespace troupe::http::zarr {

/// Which chunk of which level.
struct chunk_id {
  int32_t level = 0, t = 0, c = 0, z = 0, row = 0, column = 0;
};

/// "0/2/1/5/0/3" of Zarr 2, "0/c/2/1/5/0/3" of Zarr 3: the level, then tczyx.
/// @returns nothing for what is no such key.
std::optional<chunk_id> chunk_in_key(const std::string& key, version v);

/// The pixels of the level in a chunk. @returns nothing when it lies outside the array.
std::optional<region> region_of_chunk(const chunk_id& id, const array_layout& array);

/// A whole chunk, zeros where the array ends, packed by Blosc.
/// @param samples  of `size` pixels, row by row.
shared_bytes packed_chunk(const shared_bytes& samples, extent size,
                          const array_layout& array);

} // namespace troupe::http::zarr
