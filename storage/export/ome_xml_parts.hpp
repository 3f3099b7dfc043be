// What the parts of the OME-XML writer share. Elements are written in the order that the
// schema wants, attributes only with values it takes.

#pragma once

#include "storage/metadata/document.hpp"

#include <pugixml.hpp>

namespace troupe::exports {

void put(pugi::xml_node node, const char* name, const std::string& text);
/// Nothing for what is not finite.
void put(pugi::xml_node node, const char* name, double value);
void put(pugi::xml_node node, const char* name, std::optional<double> value);
void put(pugi::xml_node node, const char* name, std::optional<int32_t> value);
/// A value with its unit. Nothing when the schema does not know the unit.
void put_length(pugi::xml_node node, const char* name,
                const std::optional<metadata::quantity>& q);
void put_time(pugi::xml_node node, const char* name,
              const std::optional<metadata::quantity>& q);
void put_element(pugi::xml_node parent, const char* name, const std::string& text);
/// 0xRRGGBBAA as the schema's signed number.
int32_t color_number(const rgba& c);
/// A BinData element.
void put_bytes(pugi::xml_node parent, const shared_bytes& bytes);

/// IDs of annotations, for those that are written.
class annotation_ids {
public:
  explicit annotation_ids(const std::vector<metadata::annotation>& all);
  bool has(int32_t index) const;
  void refer(pugi::xml_node from, const std::vector<int32_t>& indexes) const;
  static std::string name(size_t index);

private:
  std::vector<bool> written_;
};

void write_annotations(pugi::xml_node ome, const metadata::document& about,
                       const annotation_ids& ids);
bool is_written(const metadata::roi& r);
std::string roi_id(size_t index);
void write_rois(pugi::xml_node ome, const metadata::document& about,
                const annotation_ids& ids);

} // namespace troupe::exports
