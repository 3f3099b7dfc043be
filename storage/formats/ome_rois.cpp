// Regions of interest in OME-XML.

#include "storage/formats/ome_reading.hpp"
#include "storage/formats/ome_shapes.hpp"
#include "storage/text.hpp"

#include <fmt/format.h>

namespace troupe::formats {
namespace {

/// A shape, or before 2015 a Shape element with the shape inside.
std::optional<metadata::shape> read_shape(const pugi::xml_node& node, ome_reading& r) {
  auto inside = node;
  if (xml::local_name(node) == "Shape")
    for (auto& child : node.children())
      if (metadata::shape_kind_of(xml::local_name(child)))
        inside = child;
  try {
    auto shape = shape_of(inside, node);
    shape.annotations = r.annotations_of(node);
    return shape;
  } catch (const bad_shape& e) {
    r.warn(fmt::format("has a {} {}, left out",
                       clean_text(std::string{xml::local_name(inside)}, 40), e.what()));
    return std::nullopt;
  }
}

} // namespace

void read_rois(const pugi::xml_node& ome, ome_reading& r, metadata::document& about) {
  for (auto& node : xml::children(ome, "ROI")) {
    metadata::roi roi{xml::text(node, "ID"),
                      xml::text(node, "Name"),
                      clean_text(xml::child(node, "Description").text().as_string()),
                      {},
                      {},
                      r.annotations_of(node)};
    for (auto& child : xml::child(node, "Union").children())
      if (child.type() == pugi::node_element)
        if (auto shape = read_shape(child, r))
          roi.shapes.push_back(std::move(*shape));
    if (roi.shapes.empty())
      r.warn(fmt::format("has a region \"{}\" without shapes", roi.id.substr(0, 100)));
    r.rois.emplace(roi.id, static_cast<int32_t>(about.rois.size()));
    about.rois.push_back(std::move(roi));
  }
}

} // namespace troupe::formats
