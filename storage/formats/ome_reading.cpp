#include "storage/formats/ome_reading.hpp"

#include <fmt/format.h>

namespace troupe::formats {

constexpr size_t most_warnings = 100;

void ome_reading::warn(const std::string& what) {
  if (warnings.size() < most_warnings)
    warnings.push_back("its OME-XML " + what);
  else if (warnings.size() == most_warnings)
    warnings.push_back("its OME-XML has more that was left out");
}

std::vector<int32_t> ome_reading::references(const pugi::xml_node& node,
                                             std::string_view element,
                                             const ome_ids& ids) {
  std::vector<int32_t> found;
  for (auto& reference : xml::children(node, element)) {
    const auto id = xml::text(reference, "ID");
    if (const auto known = ids.find(id); known != ids.end())
      found.push_back(known->second);
    else
      warn(fmt::format("refers to \"{}\", which is not there", id.substr(0, 100)));
  }
  return found;
}

std::vector<int32_t> ome_reading::annotations_of(const pugi::xml_node& node) {
  return references(node, "AnnotationRef", annotations);
}

} // namespace troupe::formats
