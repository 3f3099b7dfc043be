#include "storage/formats/ome_zarr_groups.hpp"

#include "storage/formats/ome_zarr.hpp"
#include "storage/formats/ome_zarr_contents.hpp"
#include "storage/formats/ome_zarr_files.hpp"

#include <fmt/format.h>

namespace troupe::formats {
namespace {

constexpr size_t most_folders = 100; ///< that are remembered

std::vector<std::string> keys_of_levels(const ome_zarr_image& image) {
  const auto group = image.group.empty() ? 0 : image.group.size() + 1;
  std::vector<std::string> keys;
  for (auto& level : image.levels)
    keys.push_back(level.key.substr(group));
  return keys;
}

std::vector<ome_zarr_place> places_in(const std::filesystem::path& main) {
  const auto root = main.parent_path();
  const auto group = group_of_main_file(main.filename().string());
  std::vector<ome_zarr_place> places;
  for (auto& image : read_ome_zarr(zarr_folder{root}, group).images)
    places.push_back({root, image.group, image.version, keys_of_levels(image)});
  return places;
}

} // namespace

ome_zarr_groups::series_places ome_zarr_groups::places_of(const image_source& image) {
  const auto name = fmt::format("{}|{}|{}", image.path, image.bytes, image.modified_ns);
  {
    std::lock_guard guard{mutex_};
    if (const auto i = known_.find(name); i != known_.end())
      return i->second;
  }
  const auto found =
    std::make_shared<const std::vector<ome_zarr_place>>(places_in(image.path));
  std::lock_guard guard{mutex_};
  if (known_.size() >= most_folders)
    known_.clear();
  known_[name] = found;
  return found;
}

std::optional<ome_zarr_place> ome_zarr_groups::place_of(const image_source& image) {
  if (!detect_ome_zarr({.path = image.path}))
    return std::nullopt;
  const auto places = places_of(image);
  const auto series = static_cast<size_t>(image.series);
  if (series >= places->size())
    throw failure{errc::unreadable, "the folder has other images than it had"};
  return (*places)[series];
}

} // namespace troupe::formats
