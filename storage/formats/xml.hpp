// Reading XML from strangers: what pugixml leaves to its caller.

#pragma once

#include <cstdint>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <vector>

namespace troupe::formats::xml {

/// Parses without entities from outside. @throws failure{unreadable} for text that is no
/// UTF-8 or not well-formed, repeats an attribute, has a DOCTYPE or is too deep.
void load(pugi::xml_document& document, const std::string& text);

/// Names without their namespace prefix: "ome:Image" is "Image".
std::string_view local_name(const pugi::xml_node& node);
pugi::xml_node child(const pugi::xml_node& parent, std::string_view name);
std::vector<pugi::xml_node> children(const pugi::xml_node& parent, std::string_view name);

/// Clean text of an attribute, empty when absent.
std::string text(const pugi::xml_node& node, const char* attribute);
/// Nothing when absent. @throws failure{unreadable} when it is no whole number.
std::optional<int64_t> whole(const pugi::xml_node& node, const char* attribute);
/// Nothing when absent or not finite.
std::optional<double> number(const pugi::xml_node& node, const char* attribute);
/// Nothing when absent or no whole number of 32 bits.
std::optional<int32_t> small_whole(const pugi::xml_node& node, const char* attribute);

/// Nothing when the text is no finite number, no whole number.
std::optional<double> number_of(std::string_view text);
std::optional<int64_t> whole_of(std::string_view text);

} // namespace troupe::formats::xml
