// What every image format offers: a fileset, parsed once and shared by all threads, and
// decoders of its native tiles, one for each thread.

#pragma once

#include "storage/formats/description.hpp"

#include <memory>
#include <nlohmann/json_fwd.hpp>

namespace troupe::formats {

/// Which native tile. Channels that are stored together share a tile: channel c is
/// sample c % samples of group c / samples.
struct tile_id {
  int32_t series = 0, level = 0;
  plane_index at;
  int32_t group = 0;
  int32_t column = 0, row = 0;
  bool operator==(const tile_id&) const = default;
};

/// A decoded tile: size.height x size.width x samples values, little-endian. At least the
/// part of it that is inside the level; more at the edges is fine.
struct tile {
  extent size;
  int32_t samples = 1;
  pixel_type type = pixel_type::uint8;
  shared_bytes bytes;
};

/// How a level is cut into native tiles, from the top left.
struct tiling {
  extent tile;
  int32_t samples = 1; ///< channels stored together
  bool operator==(const tiling&) const = default;
};

/// Reads tiles of one fileset. Belongs to one thread; opens its files when it must.
class decoder {
public:
  virtual ~decoder() = default;
  /// @param which  inside the fileset. A tile that was never written is fill value.
  /// @throws failure{unreadable} naming the fault.
  virtual tile decode(const tile_id& which) = 0;
  /// The tile as the file stores it, when that is a JPEG of RGB or grey that any browser
  /// shows as decode() does.
  virtual std::optional<shared_bytes> stored_jpeg(const tile_id&) { return std::nullopt; }
};

/// The files one reader call needs, and what they hold. Immutable.
class fileset {
public:
  explicit fileset(description what);
  virtual ~fileset() = default;
  fileset(const fileset&) = delete;
  fileset& operator=(const fileset&) = delete;

  const description& describe() const { return what_; }
  virtual tiling tiling_of(int32_t series, int32_t level) const = 0;
  virtual std::unique_ptr<decoder> open() const = 0;
  /// The parsed structure beyond the description, for format::recall. Null where parsing
  /// again costs little.
  virtual nlohmann::json memo() const;
  /// Unique in this process: a key of the tile cache.
  uint64_t id() const { return id_; }

private:
  description what_;
  uint64_t id_;
};
using fileset_ptr = std::shared_ptr<const fileset>;

} // namespace troupe::formats
