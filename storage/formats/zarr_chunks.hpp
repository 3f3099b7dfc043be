// Decoded chunks of a Zarr folder's arrays.

#pragma once

#include "storage/formats/zarr_array.hpp"
#include "storage/formats/zarr_folder.hpp"

#include <list>

namespace troupe::formats {

/// Belongs to one thread.
class zarr_chunks {
public:
  explicit zarr_chunks(const std::filesystem::path& root) : folder_{root} {}

  /// @param keep   remember it: more planes of it will be asked for.
  /// @returns elements in the array's order, little-endian, of array.type.type; null
  ///          where the chunk was never written.
  /// @throws failure{unreadable} with the reason.
  std::shared_ptr<const std::vector<uint8_t>>
  get(const zarr_array& array, const std::vector<int64_t>& index, bool keep);

private:
  using bytes = std::vector<uint8_t>;
  struct entry {
    const zarr_array* array = nullptr;
    std::vector<int64_t> index;
    std::shared_ptr<const bytes> chunk;
  };

  std::optional<bytes> stored_chunk(const zarr_array& array,
                                    const std::vector<int64_t>& index);
  std::optional<bytes> chunk_of_shard(const zarr_array& array,
                                      const std::vector<int64_t>& index);
  void remember(entry e);

  zarr_folder folder_;
  std::list<entry> kept_; // most recent first
  std::string shard_;     // whose index is held
  bytes shard_index_;
};

} // namespace troupe::formats
