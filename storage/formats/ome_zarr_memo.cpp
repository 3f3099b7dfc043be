#include "storage/formats/ome_zarr_memo.hpp"

#include "storage/failure.hpp"

#include <nlohmann/json.hpp>

namespace troupe::formats {
namespace {

using json = nlohmann::json;

ome_zarr_image image_of(const json& j, const series& what) {
  ome_zarr_image image;
  image.axes.dimension = j.at("axes").get<decltype(image.axes.dimension)>();
  for (auto d : image.axes.dimension)
    image.axes.count += d == ome_zarr_axes::absent ? 0 : 1;
  for (auto& level : j.at("levels"))
    image.levels.push_back(
      parse_zarr_array(level.at(0).get<std::string>(), level.at(1).get<std::string>()));
  image.what.size = what.size;
  image.what.type = what.type;
  image.what.levels = what.levels;
  for (auto& level : image.levels)
    if (level.shape.size() != image.axes.count
        || image.levels.size() != what.levels.size())
      throw failure{errc::unreadable, "a memo of another image"};
  return image;
}

} // namespace

json memo_of(const ome_zarr_structure& all) {
  auto list = json::array();
  for (auto& image : all.images) {
    auto levels = json::array();
    for (auto& level : image.levels)
      levels.push_back({level.key, level.metadata});
    list.push_back({{"axes", image.axes.dimension}, {"levels", levels}});
  }
  return {{"images", list}};
}

ome_zarr_structure structure_of(const json& memo, const description& what,
                                std::filesystem::path root) {
  const auto& list = memo.at("images");
  if (list.size() != what.images.size())
    throw failure{errc::unreadable, "a memo of another fileset"};
  ome_zarr_structure all{std::move(root), {}};
  for (size_t i = 0; i < list.size(); ++i)
    all.images.push_back(image_of(list[i], what.images[i]));
  return all;
}

} // namespace troupe::formats
