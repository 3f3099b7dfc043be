#include "storage/formats/ome_xml.hpp"

#include "storage/failure.hpp"
#include "storage/formats/limits.hpp"
#include "storage/formats/ome_images.hpp"
#include "storage/formats/ome_reading.hpp"
#include "storage/formats/refusals.hpp"
#include "storage/text.hpp"

#include <fmt/format.h>

namespace troupe::formats {
namespace {

/// Schemas from 2007 to the last one, 2016-06.
void check_schema(const pugi::xml_node& root) {
  const std::string prefix = "http://www.openmicroscopy.org/Schemas/OME/";
  std::string space;
  const std::string_view name{root.name()};
  const auto colon = name.find(':');
  const auto attribute = colon == std::string_view::npos
                           ? "xmlns"
                           : "xmlns:" + std::string{name.substr(0, colon)};
  space = root.attribute(attribute.c_str()).as_string();
  const auto version = space.starts_with(prefix) ? space.substr(prefix.size()) : "";
  if (version < "2007" || version > "2016-06")
    throw unreadable_xml(
      fmt::format("is of an unsupported schema \"{}\"", clean_text(space, 100)));
}

/// What a person would call it.
std::string name_of(const pugi::xml_node& node) {
  std::string name;
  for (auto attribute : {"Name", "FirstName", "MiddleName", "LastName"})
    if (const auto part = xml::text(node, attribute); !part.empty())
      name += (name.empty() ? "" : " ") + part;
  for (auto attribute : {"UserName", "OMEName", "ID"})
    if (name.empty())
      name = xml::text(node, attribute);
  return name;
}

/// Whom and what it belonged to, and attributes of the instrument, the way a person would
/// look them up.
void read_facts(const pugi::xml_node& root, ome_document& document) {
  auto& facts = document.facts;
  if (auto creator = xml::text(root, "Creator"); !creator.empty())
    facts.emplace_back("Creator", creator);
  for (auto kind : {"Project", "Dataset", "Experimenter", "ExperimenterGroup"})
    for (auto& node : xml::children(root, kind))
      if (facts.size() < 1000)
        facts.emplace_back(kind, name_of(node));
  for (auto& instrument : xml::children(root, "Instrument"))
    for (auto& part : instrument.children())
      for (auto& a : part.attributes())
        if (std::string_view{a.name()} != "ID" && facts.size() < 1000)
          facts.emplace_back(
            fmt::format("{} {}", xml::local_name(part), clean_text(a.name(), 100)),
            clean_text(a.as_string(), 2000));
}

void read_about(const pugi::xml_node& root, ome_document& document) {
  ome_reading r;
  int32_t series = 0;
  for (auto& image : xml::children(root, "Image"))
    r.images.emplace(xml::text(image, "ID"), series++);
  for (auto read : {read_annotations, read_instruments, read_rois, read_acquisitions,
                    read_plates, read_folders})
    read(root, r, document.about);
  document.warnings = std::move(r.warnings);
}

} // namespace

ome_document parse_ome_xml(const std::string& text) {
  pugi::xml_document parsed;
  xml::load(parsed, text);
  const auto root = parsed.document_element();
  if (xml::local_name(root) != "OME")
    throw unreadable_xml("does not start with an OME element");
  check_schema(root);
  if (const auto elsewhere = xml::child(root, "BinaryOnly"))
    throw failure{errc::unreadable, "its metadata are in another file, missing "
                                      + xml::text(elsewhere, "MetadataFile")};
  ome_document document;
  document.uuid = xml::text(root, "UUID");
  const auto images = xml::children(root, "Image");
  if (images.empty())
    throw unreadable_xml("describes no image");
  if (images.size() > static_cast<size_t>(limits::max_series))
    throw unreadable_xml("describes too many images");
  for (auto& node : images)
    document.images.push_back(image_of(node));
  read_facts(root, document);
  read_about(root, document);
  return document;
}

} // namespace troupe::formats
