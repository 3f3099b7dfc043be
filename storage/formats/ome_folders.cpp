// Folders of OME-XML.

#include "storage/formats/ome_reading.hpp"
#include "storage/text.hpp"

namespace troupe::formats {
namespace {

using folders = std::vector<metadata::folder>;

bool is_within(const folders& all, int32_t inner, int32_t outer) {
  for (std::optional<int32_t> at = inner; at; at = all[static_cast<size_t>(*at)].parent)
    if (*at == outer)
      return true;
  return false;
}

} // namespace

void read_folders(const pugi::xml_node& ome, ome_reading& r, metadata::document& about) {
  ome_ids ids;
  const auto nodes = xml::children(ome, "Folder");
  for (auto& node : nodes) {
    metadata::folder f{xml::text(node, "ID"),
                       xml::text(node, "Name"),
                       clean_text(xml::child(node, "Description").text().as_string()),
                       std::nullopt,
                       r.references(node, "ImageRef", r.images),
                       r.references(node, "ROIRef", r.rois),
                       r.annotations_of(node)};
    ids.emplace(f.id, static_cast<int32_t>(about.folders.size()));
    about.folders.push_back(std::move(f));
  }
  for (size_t i = 0; i < nodes.size(); ++i)
    for (auto child : r.references(nodes[i], "FolderRef", ids)) {
      const auto parent = static_cast<int32_t>(i);
      auto& known = about.folders[static_cast<size_t>(child)].parent;
      if (known || is_within(about.folders, parent, child))
        r.warn("has a folder in two folders, or in itself");
      else
        known = parent;
    }
}

} // namespace troupe::formats
