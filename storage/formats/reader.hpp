// Regions of a fileset's planes, put together from native tiles.

#pragma once

#include "storage/formats/fileset.hpp"
#include "storage/formats/limits.hpp"

#include <filesystem>
#include <memory>

namespace troupe::formats {

/// A rectangle of some channels of one plane at one level.
struct block {
  int32_t series = 0, level = 0;
  plane_index at;
  std::vector<int32_t> channels; ///< from 0
  region where;                  ///< inside that level
};

/// Belongs to one thread.
class reader {
public:
  virtual ~reader() = default;
  virtual const description& describe() const = 0;
  /// @returns one plane per entry of b.channels, in that order, exactly b.where big.
  /// @throws failure{bad_request} when the block is not inside the image,
  ///         failure{unreadable} naming the fault when the file cannot be decoded.
  virtual std::vector<raw_plane> read(const block& b) = 0;
};

/// The checks every read() starts with. @returns the series.
/// @throws failure{bad_request} when the block is not inside the image,
///         failure{too_large} when the answer would exceed limits::max_block_bytes.
const series& check_block(const description& d, const block& b);

class tile_cache;

/// Reads a fileset by its tiles, through a cache that threads share.
class fileset_reader : public reader {
public:
  /// @param cache  outlives the reader; null = the last tiles only.
  explicit fileset_reader(fileset_ptr from, tile_cache* cache = nullptr);
  ~fileset_reader() override;
  const description& describe() const override { return from_->describe(); }
  std::vector<raw_plane> read(const block& b) override;
  /// A native tile, decoded or from the cache.
  tile get(const tile_id& which);
  /// See decoder::stored_jpeg().
  std::optional<shared_bytes> stored_jpeg(const tile_id& which);
  const fileset& set() const { return *from_; }

private:
  decoder& opened();

  fileset_ptr from_;
  std::unique_ptr<decoder> decoder_;
  std::unique_ptr<tile_cache> own_;
  tile_cache* cache_;
};

/// Parses and opens. @throws as parse().
std::unique_ptr<reader> open(const std::filesystem::path& file);

} // namespace troupe::formats
