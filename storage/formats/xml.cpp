#include "storage/formats/xml.hpp"

#include "storage/formats/limits.hpp"
#include "storage/formats/refusals.hpp"
#include "storage/text.hpp"

#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <set>
#include <string_view>

namespace troupe::formats::xml {
namespace {

/// Looks at every node once; the traversal itself does not recurse.
struct checker : pugi::xml_tree_walker {
  std::string fault;
  bool for_each(pugi::xml_node& node) override {
    if (depth() > limits::max_xml_depth)
      fault = "is nested too deep";
    else if (node.type() == pugi::node_doctype)
      fault = "has a DOCTYPE, which is not allowed";
    else if (repeats_attribute(node))
      fault = fmt::format("is not well-formed: <{}> has an attribute twice", node.name());
    return fault.empty();
  }
  static bool repeats_attribute(const pugi::xml_node& node) {
    std::set<std::string_view> seen;
    for (auto& a : node.attributes())
      if (!seen.insert(a.name()).second)
        return true;
    return false;
  }
};

template <class Number>
std::optional<Number> parsed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos)
    return std::nullopt;
  text = text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
  if (text.starts_with('+'))
    text.remove_prefix(1);
  Number value{};
  const auto [end, error] =
    std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

} // namespace

void load(pugi::xml_document& document, const std::string& text) {
  if (text.size() > static_cast<size_t>(limits::max_xml_bytes))
    throw unreadable_xml("is too large");
  if (!is_utf8(text))
    throw unreadable_xml("is not UTF-8");
  const auto result =
    document.load_buffer(text.data(), text.size(),
                         pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  if (!result)
    throw unreadable_xml(fmt::format("is not well-formed: {} at byte {}",
                                     result.description(), result.offset));
  checker check;
  document.traverse(check);
  if (!check.fault.empty())
    throw unreadable_xml(check.fault);
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name{node.name()};
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& parent, std::string_view name) {
  return parent.find_child(
    [&](const pugi::xml_node& n) { return local_name(n) == name; });
}

std::vector<pugi::xml_node> children(const pugi::xml_node& parent,
                                     std::string_view name) {
  std::vector<pugi::xml_node> result;
  for (auto& n : parent.children())
    if (local_name(n) == name)
      result.push_back(n);
  return result;
}

std::string text(const pugi::xml_node& node, const char* attribute) {
  return clean_text(node.attribute(attribute).as_string());
}

std::optional<int64_t> whole(const pugi::xml_node& node, const char* attribute) {
  const auto found = node.attribute(attribute);
  if (!found)
    return std::nullopt;
  if (const auto value = parsed<int64_t>(found.as_string()))
    return value;
  throw unreadable_xml(fmt::format("has {}=\"{}\", which is no whole number", attribute,
                                   clean_text(found.as_string(), 40)));
}

std::optional<double> number(const pugi::xml_node& node, const char* attribute) {
  return number_of(node.attribute(attribute).as_string());
}

std::optional<int32_t> small_whole(const pugi::xml_node& node, const char* attribute) {
  return parsed<int32_t>(node.attribute(attribute).as_string());
}

std::optional<double> number_of(std::string_view text) {
  const auto value = parsed<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<int64_t> whole_of(std::string_view text) {
  return parsed<int64_t>(text);
}

} // namespace troupe::formats::xml
