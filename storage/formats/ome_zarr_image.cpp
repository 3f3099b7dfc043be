#include "storage/formats/ome_zarr_image.hpp"

#include "storage/formats/limits.hpp"
#include "storage/formats/refusals.hpp"
#include "storage/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace troupe::formats {
namespace {

using json = nlohmann::json;

constexpr int64_t most_channels = 1 << 16;
constexpr size_t most_levels = 32;

const json& multiscale_of(const ome_zarr_group& group) {
  if (!group.is("multiscales"))
    refuse("it has no multiscale image");
  const auto& list = group.attributes["multiscales"];
  if (!list.is_array() || list.empty() || !list[0].is_object())
    refuse("its multiscales are no list of images");
  const auto& first = list[0];
  if (!first.contains("datasets") || !first["datasets"].is_array()
      || first["datasets"].empty())
    refuse("its multiscale image has no datasets");
  return first;
}

dimensions size_of_array(const zarr_array& a, const ome_zarr_axes& axes) {
  if (a.shape.size() != axes.count)
    refuse(
      fmt::format("{} axes for an array of {} dimensions", axes.count, a.shape.size()));
  const auto x = axes.of(a.shape, axis_x), y = axes.of(a.shape, axis_y);
  const auto z = axes.of(a.shape, axis_z), c = axes.of(a.shape, axis_c),
             t = axes.of(a.shape, axis_t);
  if (x > limits::max_side || y > limits::max_side)
    refuse(fmt::format("the image is too large: {} x {} pixels", x, y));
  if (c > most_channels || z > limits::max_planes / c || t > limits::max_planes / (z * c))
    refuse("the image has too many planes");
  return {static_cast<int32_t>(x), static_cast<int32_t>(y), static_cast<int32_t>(z),
          static_cast<int32_t>(c), static_cast<int32_t>(t)};
}

bool is_smaller(const dimensions& level, const dimensions& full, extent last) {
  return level.z == full.z && level.c == full.c && level.t == full.t
         && level.x <= last.width && level.y <= last.height
         && extent{level.x, level.y} != last;
}

/// The levels after the first: as many as are whole and ever smaller.
void read_levels(const zarr_folder& folder, const std::string& group,
                 const json& datasets, ome_zarr_image& image,
                 std::vector<std::string>& warnings) {
  for (size_t i = 1; i < std::min(datasets.size(), most_levels); ++i) {
    try {
      const auto path = datasets[i].at("path").get<std::string>();
      auto level = read_zarr_array(folder, zarr_key(group, path));
      const auto size = size_of_array(level, image.axes);
      if (!is_smaller(size, image.what.size, image.what.levels.back())
          || level.type.type != image.what.type)
        refuse("it is no smaller copy of the level before");
      image.what.levels.push_back({size.x, size.y});
      image.levels.push_back(std::move(level));
    } catch (const failure& e) {
      warnings.push_back(fmt::format(
        "resolution level {} and smaller ones were left out: {}", i, e.what()));
      return;
    }
  }
}

std::string image_text_in(const json& j, const char* key) {
  return j.contains(key) && j[key].is_string()
           ? clean_text(j[key].get<std::string>(), 255)
           : std::string{};
}

} // namespace

tiling tiling_of(const ome_zarr_image& image, int32_t level) {
  const auto& a = image.levels[static_cast<size_t>(level)];
  const auto size = image.what.levels[static_cast<size_t>(level)];
  const auto x = image.axes.of(a.chunk, axis_x), y = image.axes.of(a.chunk, axis_y);
  return {{static_cast<int32_t>(std::min<int64_t>(size.width, x)),
           static_cast<int32_t>(std::min<int64_t>(size.height, y))},
          1};
}

ome_zarr_image read_ome_zarr_image(const zarr_folder& folder, const ome_zarr_group& group,
                                   std::vector<std::string>& warnings) {
  const auto& multiscale = multiscale_of(group);
  const auto& datasets = multiscale["datasets"];
  ome_zarr_image image;
  image.group = group.key;
  image.version = group.version;
  image.axes = read_axes(multiscale);
  const auto path = datasets[0].at("path").get<std::string>();
  image.levels.push_back(read_zarr_array(folder, zarr_key(group.key, path)));
  auto& what = image.what;
  what.size = size_of_array(image.levels[0], image.axes);
  what.type = image.levels[0].type.type;
  what.name = image_text_in(multiscale, "name");
  what.dimension_order = "XYZCT";
  const auto steps = read_steps(multiscale, image.axes);
  what.physical_x = steps[axis_x];
  what.physical_y = steps[axis_y];
  what.physical_z = steps[axis_z];
  what.time_increment = steps[axis_t];
  what.channels.resize(static_cast<size_t>(what.size.c));
  what.levels = {{what.size.x, what.size.y}};
  read_levels(folder, group.key, datasets, image, warnings);
  what.tile = tiling_of(image, 0).tile;
  return image;
}

} // namespace troupe::formats
