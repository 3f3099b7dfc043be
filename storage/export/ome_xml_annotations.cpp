// Annotations as OME-XML.

#include "storage/export/ome_xml_parts.hpp"
#include "storage/formats/ome_units.hpp"
#include "storage/text.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace troupe::exports {
namespace {

using metadata::annotation;
using metadata::annotation_kind;

template <class T>
const T* value_of(const annotation& a) {
  return std::get_if<T>(&a.value);
}

std::string text_of(const annotation& a) {
  const auto text = value_of<std::string>(a);
  return text ? *text : "";
}

/// Whether the schema has words for its value.
bool has_usable_value(const annotation& a) {
  switch (a.kind) {
    case annotation_kind::long_integer: return value_of<int64_t>(a);
    case annotation_kind::floating:
      return value_of<double>(a) && std::isfinite(*value_of<double>(a));
    case annotation_kind::boolean: return value_of<bool>(a);
    case annotation_kind::map: return value_of<metadata::key_values>(a);
    case annotation_kind::file: {
      const auto file = value_of<metadata::attachment>(a);
      return file && file->bytes.size() > 0;
    }
    case annotation_kind::timestamp: return !formats::rfc3339(text_of(a)).empty();
    default: return true;
  }
}

/// Only elements may be inside; a text that is none of these becomes one.
void write_xml(pugi::xml_node value, const std::string& text) {
  pugi::xml_document inside;
  const auto parsed =
    inside.load_buffer(text.data(), text.size(),
                       pugi::parse_default | pugi::parse_fragment, pugi::encoding_utf8);
  const auto is_element = [](const pugi::xml_node& n) {
    return n.type() == pugi::node_element || n.type() == pugi::node_comment;
  };
  if (parsed && std::all_of(inside.begin(), inside.end(), is_element)) {
    for (auto& node : inside.children())
      value.append_copy(node);
    return;
  }
  if (!text.empty())
    put_element(value, "Text", text);
}

void write_file(pugi::xml_node node, const metadata::attachment& file) {
  auto binary = node.append_child("BinaryFile");
  put(binary, "FileName", file.name.empty() ? "attachment" : file.name);
  binary.append_attribute("Size") = static_cast<unsigned long long>(file.bytes.size());
  if (!file.mime.empty())
    put(binary, "MIMEType", file.mime);
  put_bytes(binary, file.bytes);
}

void write_pairs(pugi::xml_node value, const metadata::key_values& pairs) {
  for (auto& [key, text] : pairs) {
    auto node = value.append_child("M");
    put(node, "K", key);
    node.text() = clean_text(text).c_str();
  }
}

void write_value(pugi::xml_node node, const annotation& a) {
  switch (a.kind) {
    case annotation_kind::file:
      return write_file(node, *value_of<metadata::attachment>(a));
    case annotation_kind::list: return;
    case annotation_kind::xml: return write_xml(node.append_child("Value"), text_of(a));
    case annotation_kind::map:
      return write_pairs(node.append_child("Value"), *value_of<metadata::key_values>(a));
    case annotation_kind::long_integer:
      return put_element(node, "Value", std::to_string(*value_of<int64_t>(a)));
    case annotation_kind::floating:
      return put_element(node, "Value", fmt::format("{}", *value_of<double>(a)));
    case annotation_kind::boolean:
      return put_element(node, "Value", *value_of<bool>(a) ? "true" : "false");
    case annotation_kind::timestamp:
      return put_element(node, "Value", formats::rfc3339(text_of(a)));
    default: return put_element(node, "Value", text_of(a));
  }
}

} // namespace

annotation_ids::annotation_ids(const std::vector<annotation>& all) {
  for (auto& a : all)
    written_.push_back(has_usable_value(a));
}

bool annotation_ids::has(int32_t index) const {
  return index >= 0 && static_cast<size_t>(index) < written_.size()
         && written_[static_cast<size_t>(index)];
}

void annotation_ids::refer(pugi::xml_node from,
                           const std::vector<int32_t>& indexes) const {
  for (auto index : indexes)
    if (has(index))
      from.append_child("AnnotationRef").append_attribute("ID") =
        name(static_cast<size_t>(index)).c_str();
}

std::string annotation_ids::name(size_t index) {
  return fmt::format("Annotation:{}", index);
}

void write_annotations(pugi::xml_node ome, const metadata::document& about,
                       const annotation_ids& ids) {
  pugi::xml_node all;
  for (size_t i = 0; i < about.annotations.size(); ++i) {
    if (!ids.has(static_cast<int32_t>(i)))
      continue;
    if (!all)
      all = ome.append_child("StructuredAnnotations");
    const auto& a = about.annotations[i];
    auto node = all.append_child(std::string{metadata::name_of(a.kind)}.c_str());
    put(node, "ID", annotation_ids::name(i));
    if (!a.name_space.empty())
      put(node, "Namespace", a.name_space);
    if (!a.description.empty())
      put_element(node, "Description", a.description);
    ids.refer(node, a.annotations);
    write_value(node, a);
  }
}

} // namespace troupe::exports
