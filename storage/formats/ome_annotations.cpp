// Annotations of OME-XML, all kinds.

#include "storage/formats/limits.hpp"
#include "storage/formats/ome_bin_data.hpp"
#include "storage/formats/ome_reading.hpp"
#include "storage/text.hpp"

#include <fmt/format.h>
#include <sstream>

namespace troupe::formats {
namespace {

using metadata::annotation;
using metadata::annotation_kind;
using metadata::attachment;

std::string text_of(const pugi::xml_node& node) {
  return clean_text(node.text().as_string());
}

/// What is inside an element, as it was written.
std::string inner_xml(const pugi::xml_node& node) {
  std::ostringstream out;
  for (auto& child : node.children())
    child.print(out, "", pugi::format_raw);
  return clean_text(out.str());
}

metadata::key_values pairs_of(const pugi::xml_node& value) {
  metadata::key_values pairs;
  for (auto& m : xml::children(value, "M"))
    pairs.emplace_back(xml::text(m, "K"), text_of(m));
  return pairs;
}

/// The last part of a path, with either kind of slash.
std::string base_name(const std::string& path) {
  const auto slash = path.find_last_of("/\\");
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

std::optional<attachment> attachment_of(const pugi::xml_node& node, ome_reading& r) {
  const auto file = xml::child(node, "BinaryFile");
  attachment found{
    base_name(xml::text(file, "FileName")), xml::text(file, "MIMEType"), {}};
  if (found.name.empty() || found.name == "." || found.name == "..")
    found.name = "attachment";
  const auto data = xml::child(file, "BinData");
  auto bytes = data ? bytes_of(data, limits::max_attachment_bytes) : std::nullopt;
  if (!bytes) {
    r.warn(fmt::format("has a file annotation \"{}\" without its bytes",
                       found.name.substr(0, 100)));
    return std::nullopt;
  }
  found.bytes = shared_bytes{std::move(*bytes)};
  return found;
}

/// @returns false when the value is missing or makes no sense.
bool read_value(const pugi::xml_node& node, ome_reading& r, annotation& a) {
  const auto value = xml::child(node, "Value");
  const auto assign = [&](auto found) {
    if (found)
      a.value = std::move(*found);
    return found.has_value();
  };
  switch (a.kind) {
    case annotation_kind::tag:
    case annotation_kind::comment:
    case annotation_kind::term:
    case annotation_kind::timestamp: a.value = text_of(value); return true;
    case annotation_kind::xml: a.value = inner_xml(value); return true;
    case annotation_kind::long_integer: return assign(xml::whole_of(text_of(value)));
    case annotation_kind::floating: return assign(xml::number_of(text_of(value)));
    case annotation_kind::boolean:
      a.value = text_of(value) == "true" || text_of(value) == "1";
      return true;
    case annotation_kind::map: a.value = pairs_of(value); return true;
    case annotation_kind::file: return assign(attachment_of(node, r));
    case annotation_kind::list: return true;
  }
  return false;
}

} // namespace

void read_annotations(const pugi::xml_node& ome, ome_reading& r,
                      metadata::document& about) {
  std::vector<pugi::xml_node> kept;
  for (auto& node : xml::child(ome, "StructuredAnnotations").children()) {
    const auto kind = metadata::annotation_kind_of(xml::local_name(node));
    if (!kind)
      continue;
    annotation a{*kind,
                 xml::text(node, "ID"),
                 xml::text(node, "Namespace"),
                 text_of(xml::child(node, "Description")),
                 {},
                 {}};
    if (!read_value(node, r, a)) {
      r.warn(fmt::format("has a {} without a usable value", metadata::name_of(*kind)));
      continue;
    }
    r.annotations.emplace(a.id, static_cast<int32_t>(about.annotations.size()));
    about.annotations.push_back(std::move(a));
    kept.push_back(node);
  }
  for (size_t i = 0; i < kept.size(); ++i)
    about.annotations[i].annotations = r.annotations_of(kept[i]);
}

} // namespace troupe::formats
