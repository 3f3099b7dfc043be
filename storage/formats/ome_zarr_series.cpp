// The layout of bioformats2raw: images in numbered groups, and OME-XML about them.

#include "storage/failure.hpp"
#include "storage/formats/limits.hpp"
#include "storage/formats/ome_xml.hpp"
#include "storage/formats/ome_zarr_contents.hpp"

#include <algorithm>

namespace troupe::formats {
namespace {

using json = nlohmann::json;

std::vector<std::string> listed_series(const zarr_folder& folder,
                                       const ome_zarr_group& group) {
  std::vector<std::string> paths;
  const auto list = find_group(folder, file_in(group.key, "OME"));
  if (list && list->is("series"))
    return list->attributes["series"].get<std::vector<std::string>>();
  for (int32_t i = 0; i < limits::max_series; ++i) {
    const auto name = std::to_string(i);
    if (!find_group(folder, file_in(group.key, name.c_str())))
      break;
    paths.push_back(name);
  }
  return paths;
}

/// Inside the group, or beside it where that is inside the folder.
std::optional<std::string> read_ome_xml(const zarr_folder& folder,
                                        const std::string& group) {
  for (auto& key :
       {file_in(group, "OME/METADATA.ome.xml"), std::string{"METADATA.ome.xml"}})
    if (const auto file = folder.open(key)) {
      const auto size = size_of(*file);
      if (size > limits::max_xml_bytes)
        throw failure{errc::unreadable, "it is too large"};
      const auto bytes = read_range(*file, 0, size);
      return std::string{bytes.begin(), bytes.end()};
    }
  return std::nullopt;
}

/// Sizes and levels are the arrays'; the words are the OME-XML's.
void take_words(series from, series& to) {
  if (from.size != to.size)
    throw failure{errc::unreadable, "it is about images of other sizes"};
  from.type = to.type;
  from.levels = std::move(to.levels);
  from.tile = to.tile;
  from.rgb = to.rgb;
  if (to.physical_x)
    from.physical_x = to.physical_x;
  if (to.physical_y)
    from.physical_y = to.physical_y;
  if (to.physical_z)
    from.physical_z = to.physical_z;
  if (to.time_increment)
    from.time_increment = to.time_increment;
  if (from.channels.size() != to.channels.size())
    from.channels = to.channels;
  to = std::move(from);
}

void take_ome_xml(const std::string& text, ome_zarr_contents& to) {
  auto document = parse_ome_xml(text);
  if (document.images.size() != to.images.size())
    throw failure{errc::unreadable, "it is about other images"};
  for (size_t i = 0; i < to.images.size(); ++i)
    take_words(std::move(document.images[i].what), to.images[i].what);
  to.what.facts.insert(to.what.facts.end(), document.facts.begin(), document.facts.end());
  to.what.warnings.insert(to.what.warnings.end(), document.warnings.begin(),
                          document.warnings.end());
  to.what.about = std::move(document.about);
}

} // namespace

void add_ome_zarr_series(const zarr_folder& folder, const ome_zarr_group& group,
                         ome_zarr_contents& to) {
  for (auto& path : listed_series(folder, group))
    add_ome_zarr_image(folder, read_group(folder, zarr_key(group.key, path)), "", to);
  if (to.images.empty())
    throw failure{errc::unreadable, "it has no images"};
  try {
    if (const auto text = read_ome_xml(folder, group.key))
      take_ome_xml(*text, to);
  } catch (const failure& e) {
    to.what.warnings.push_back(std::string{"METADATA.ome.xml was left out: "} + e.what());
  }
}

} // namespace troupe::formats
