#include "storage/regions/ome_regions.hpp"

#include "storage/export/ome_xml.hpp"
#include "storage/failure.hpp"
#include "storage/formats/ome_reading.hpp"

#include <set>

namespace troupe::regions {
namespace {

namespace xml = formats::xml;

/// IDs of the first image's regions; empty without images or references.
std::set<std::string> drawn_on_first(const pugi::xml_node& root) {
  std::set<std::string> ids;
  for (auto& ref : xml::children(xml::child(root, "Image"), "ROIRef"))
    ids.insert(xml::text(ref, "ID"));
  return ids;
}

} // namespace

bool is_ome_regions(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF"))
    bytes.remove_prefix(3);
  const auto first = bytes.find_first_not_of(" \t\r\n");
  return first != bytes.npos && bytes[first] == '<';
}

found_regions read_ome_regions(std::string_view bytes, const dimensions&) {
  pugi::xml_document parsed;
  xml::load(parsed, std::string{bytes});
  const auto root = parsed.document_element();
  if (xml::local_name(root) != "OME")
    throw failure{errc::bad_request, "the XML does not start with an OME element"};
  formats::ome_reading reading;
  metadata::document about;
  formats::read_rois(root, reading, about);
  const auto wanted = drawn_on_first(root);
  const bool all = wanted.empty() || xml::children(root, "Image").size() < 2;
  found_regions found;
  for (auto& roi : about.rois)
    if (all || wanted.contains(roi.id)) {
      roi.annotations.clear();
      found.rois.push_back(std::move(roi));
    }
  for (auto& w : reading.warnings)
    warn(found, w);
  return found;
}

std::string write_ome_regions(const drawing& d) {
  formats::series image;
  image.name = d.name;
  image.size = d.size;
  image.type = d.type;
  metadata::document about;
  about.rois = d.rois;
  return exports::write_ome_xml(image, about, exports::pixel_place::elsewhere);
}

} // namespace troupe::regions
