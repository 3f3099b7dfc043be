// The file under construction: an OME-TIFF whose tiles come first, in any order, and
// whose directories follow when all are there.

#pragma once

#include "storage/derive/plan.hpp"
#include "storage/files/descriptor.hpp"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <mutex>

namespace troupe::derive {

/// A tile of one level of one page. Pages are in the order z, group, t: z fastest.
struct tile_place {
  size_t page = 0, level = 0;
  int32_t column = 0, row = 0;
};

/// Where stored tiles are; 0 bytes: not stored yet.
struct stored_tile {
  uint64_t offset = 0, bytes = 0;
};

class pyramid_file {
public:
  /// Starts anew, or goes on with what save() gave. @throws failure{unavailable}.
  pyramid_file(const pyramid_plan& plan, const std::filesystem::path& file,
               const nlohmann::json& saved);

  bool has(const tile_place& where) const { return entry(where).bytes != 0; }
  /// For any thread; each place once. @throws failure{no_space}, {unavailable}.
  void put(const tile_place& where, std::string_view encoded);
  std::string get(const tile_place& where) const;

  /// What is stored survives from here on. @returns what the constructor takes.
  nlohmann::json save();
  /// Writes the directories: the file is complete.
  void finish();

  /// Tiles of a level, row by row, of one page.
  const std::vector<stored_tile>& tiles(size_t page, size_t level) const {
    return index_[page * plan_.levels.size() + level];
  }
  /// How many tiles a level has side by side.
  static int32_t across(extent level) {
    return (level.width + tile_side - 1) / tile_side;
  }

private:
  stored_tile& entry(const tile_place& where);
  const stored_tile& entry(const tile_place& where) const;
  void write(std::string_view bytes, uint64_t offset);

  const pyramid_plan& plan_;
  descriptor file_;
  std::mutex lock_;
  uint64_t end_;
  std::vector<std::vector<stored_tile>> index_;
};

} // namespace troupe::derive
