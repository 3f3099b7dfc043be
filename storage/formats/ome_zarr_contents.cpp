#include "storage/formats/ome_zarr_contents.hpp"

#include "storage/failure.hpp"
#include "storage/formats/limits.hpp"
#include "storage/text.hpp"

namespace troupe::formats {
namespace {

using json = nlohmann::json;

bool is_integer(pixel_type type) {
  return bytes_of(type) <= 4 && type != pixel_type::float32;
}

void add_image(ome_zarr_image image, ome_zarr_contents& to) {
  if (to.images.size() >= static_cast<size_t>(limits::max_series))
    throw failure{errc::unreadable, "it has too many images"};
  to.images.push_back(std::move(image));
}

void add_label(const zarr_folder& folder, const std::string& labels,
               const std::string& label, const std::string& image,
               ome_zarr_contents& to) {
  const auto group = read_group(folder, zarr_key(labels, label));
  auto found = read_ome_zarr_image(folder, group, to.what.warnings);
  if (!is_integer(found.what.type))
    throw failure{errc::unreadable, "labels are integers"};
  found.what.name = image + clean_text(label, 255);
  found.what.labels = true;
  add_image(std::move(found), to);
}

/// Images of the objects in an image: each is a series of its own.
/// @param image  before their names.
void add_labels(const zarr_folder& folder, const std::string& key,
                const std::string& image, ome_zarr_contents& to) {
  const auto labels = file_in(key, "labels");
  const auto group = find_group(folder, labels);
  if (!group || !group->is("labels") || !group->attributes["labels"].is_array())
    return;
  for (auto& label : group->attributes["labels"]) {
    const auto name = label.is_string() ? label.get<std::string>() : std::string{};
    try {
      add_label(folder, labels, name, image, to);
    } catch (const failure& e) {
      to.what.warnings.push_back("the labels \"" + clean_text(name, 100)
                                 + "\" were left out: " + e.what());
    }
  }
}

void take_facts(const ome_zarr_group& group, ome_zarr_contents& to) {
  if (!group.version.empty())
    to.what.facts.emplace_back("OME-Zarr version", group.version);
  const auto downscaling =
    group.attributes.value("/multiscales/0/type"_json_pointer, json{});
  if (downscaling.is_string())
    to.what.facts.emplace_back("Downscaling",
                               clean_text(downscaling.get<std::string>(), 255));
}

} // namespace

void add_ome_zarr_image(const zarr_folder& folder, const ome_zarr_group& group,
                        const std::string& name, ome_zarr_contents& to) {
  auto image = read_ome_zarr_image(folder, group, to.what.warnings);
  take_omero_block(group.attributes, image.what, to.what.facts);
  if (!name.empty())
    image.what.name = name;
  add_image(std::move(image), to);
  try {
    add_labels(folder, group.key, name.empty() ? "" : name + "/", to);
  } catch (const failure& e) {
    to.what.warnings.push_back(std::string{"its labels were left out: "} + e.what());
  }
}

ome_zarr_contents read_ome_zarr(const zarr_folder& folder, const std::string& key) {
  try {
    const auto group = read_group(folder, key);
    ome_zarr_contents found;
    found.what.format = "OME-Zarr";
    take_facts(group, found);
    if (group.is("plate"))
      add_ome_zarr_plate(folder, group, found);
    else if (group.is("bioformats2raw.layout"))
      add_ome_zarr_series(folder, group, found);
    else
      add_ome_zarr_image(folder, group, "", found);
    return found;
  } catch (const json::exception&) {
    throw failure{errc::unreadable, "its metadata is broken"};
  }
}

} // namespace troupe::formats
