// Which group of an OME-Zarr folder each of its images is, remembered for the folders
// that were asked about.

#pragma once

#include "storage/pixels.hpp"

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>

namespace troupe::formats {

struct ome_zarr_place {
  std::filesystem::path root;      ///< the folder
  std::string group, version;      ///< its key below that; "0.4"
  std::vector<std::string> levels; ///< keys of its arrays below the group
};

/// Good for several threads.
class ome_zarr_groups {
public:
  /// @returns nothing for an image of another format.
  /// @throws failure{unreadable} when the folder cannot be read any more.
  std::optional<ome_zarr_place> place_of(const image_source& image);

private:
  using series_places = std::shared_ptr<const std::vector<ome_zarr_place>>;
  series_places places_of(const image_source& image);

  std::mutex mutex_;
  std::map<std::string, series_places> known_; ///< by main file
};

} // namespace troupe::formats
