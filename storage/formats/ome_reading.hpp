// What the parts of an OME-XML parser share: what IDs stand for, and what was left out.

#pragma once

#include "storage/formats/xml.hpp"
#include "storage/metadata/document.hpp"

#include <unordered_map>

namespace troupe::formats {

/// Indexes by ID; the first of a repeated ID counts.
using ome_ids = std::unordered_map<std::string, int32_t>;

struct ome_reading {
  ome_ids annotations, images, instruments, rois, plates;
  std::vector<std::string> warnings;

  /// @param what  completes "its OME-XML ..."; only so many are kept.
  void warn(const std::string& what);
  /// What the children `element` of a node refer to; dangling references are warned of.
  std::vector<int32_t> references(const pugi::xml_node& node, std::string_view element,
                                  const ome_ids& ids);
  std::vector<int32_t> annotations_of(const pugi::xml_node& node);
};

// Each reads one topic of the OME element into `about`; later ones refer to earlier ones.
void read_annotations(const pugi::xml_node& ome, ome_reading& r,
                      metadata::document& about);
void read_instruments(const pugi::xml_node& ome, ome_reading& r,
                      metadata::document& about);
void read_rois(const pugi::xml_node& ome, ome_reading& r, metadata::document& about);
/// Expects the IDs of images, as the following do.
void read_acquisitions(const pugi::xml_node& ome, ome_reading& r,
                       metadata::document& about);
void read_plates(const pugi::xml_node& ome, ome_reading& r, metadata::document& about);
void read_folders(const pugi::xml_node& ome, ome_reading& r, metadata::document& about);

} // namespace troupe::formats
