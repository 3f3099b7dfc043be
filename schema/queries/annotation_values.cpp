#include "schema/queries/annotation_values.hpp"

#include "schema/queries/text.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <regex>

namespace troupe {

namespace {

using metadata::annotation_kind;
using nlohmann::json;

constexpr std::array<std::string_view, 11> names{
  "tag",     "comment",   "xml", "term", "long", "double",
  "boolean", "timestamp", "map", "file", "list"};
constexpr int64_t longest_xml = 1'000'000, longest_key = 1000; // characters
constexpr size_t most_pairs = 10'000;

[[noreturn]] void refuse(annotation_kind kind, std::string_view takes) {
  throw failure{
    errc::bad_request,
    fmt::format("value: a {} takes {}", names.at(static_cast<size_t>(kind) - 1), takes)};
}

std::string text_in(annotation_kind kind, const json& value) {
  if (!value.is_string())
    refuse(kind, "text");
  auto text = value.get<std::string>();
  if (kind == annotation_kind::tag || kind == annotation_kind::term)
    check_name("value", text);
  else
    check_text("value", text, kind == annotation_kind::xml ? longest_xml : 100'000);
  if (text.find_first_not_of(" \t\r\n") == std::string::npos)
    refuse(kind, "text that is not empty");
  return text;
}

/// The database says whether there is such a day.
std::string time_in(const json& value) {
  static const std::regex form{
    R"(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d))"};
  if (!value.is_string() || !std::regex_match(value.get_ref<const std::string&>(), form))
    refuse(annotation_kind::timestamp, "a time like 2026-01-31T12:00:00Z");
  return value.get<std::string>();
}

json pairs_in(const json& value) {
  constexpr auto takes = R"(a list of {"k": text, "v": text})";
  if (!value.is_array() || value.size() > most_pairs)
    refuse(annotation_kind::map, takes);
  auto pairs = json::array();
  for (auto& pair : value) {
    if (!pair.is_object() || pair.size() != 2 || !pair.contains("k")
        || !pair.contains("v") || !pair["k"].is_string() || !pair["v"].is_string())
      refuse(annotation_kind::map, takes);
    check_text("key", pair["k"].get_ref<const std::string&>(), longest_key);
    check_text("value", pair["v"].get_ref<const std::string&>());
    pairs.push_back({{"k", pair["k"]}, {"v", pair["v"]}});
  }
  return pairs;
}

json file_columns(const stored_file& f) {
  check_name("name", f.name);
  check_text("mime", f.mime, 255);
  return {
    {"file_name", f.name}, {"mime", f.mime}, {"bytes", f.bytes}, {"sha256", f.sha256}};
}

} // namespace

annotation_kind annotation_kind_named(std::string_view name) {
  for (size_t i = 0; i < names.size(); ++i)
    if (names[i] == name)
      return static_cast<annotation_kind>(i + 1);
  throw failure{errc::bad_request, fmt::format("there is no kind \"{}\"", name)};
}

json value_columns(annotation_kind kind, const json& value) {
  switch (kind) {
    case annotation_kind::tag:
    case annotation_kind::comment:
    case annotation_kind::xml:
    case annotation_kind::term: return {{"text_value", text_in(kind, value)}};
    case annotation_kind::long_integer:
      // What is beyond int64 is unsigned or a double to the parser.
      if (!value.is_number_integer()
          || (value.is_number_unsigned() && value.get<uint64_t>() > INT64_MAX))
        refuse(kind, "a whole number");
      return {{"number_value", value}};
    case annotation_kind::floating:
      if (!value.is_number() || !std::isfinite(value.get<double>()))
        refuse(kind, "a number");
      return {{"number_value", value}};
    case annotation_kind::boolean:
      if (!value.is_boolean())
        refuse(kind, "true or false");
      return {{"number_value", value.get<bool>() ? 1 : 0}};
    case annotation_kind::timestamp: return {{"time", time_in(value)}};
    case annotation_kind::map: return {{"pairs", pairs_in(value)}};
    case annotation_kind::file:
    case annotation_kind::list: break;
  }
  if (!value.is_null())
    refuse(kind, "no value");
  return json::object();
}

void check_name_space(const std::string& name) {
  if (name == name_space::rating)
    throw failure{errc::bad_request, "ratings are given, not made: see /api/v1/ratings"};
  if (!name.empty())
    check_name("namespace", name);
}

json row_of(const new_annotation& what, int64_t group) {
  check_name_space(what.name_space);
  check_text("description", what.description);
  if (what.file.has_value() != (what.kind == annotation_kind::file))
    throw failure{errc::bad_request, "a file is sent to /api/v1/attachments"};
  auto row = value_columns(what.kind, what.value);
  if (what.file)
    row.update(file_columns(*what.file));
  row["kind"] = static_cast<int>(what.kind);
  row["group_id"] = group;
  row["description"] = what.description;
  row["name_space"] = what.kind == annotation_kind::map && what.name_space.empty()
                        ? std::string{name_space::key_values}
                        : what.name_space;
  return row;
}

} // namespace troupe
