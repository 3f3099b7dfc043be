#include "http/batch_json.hpp"

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "schema/queries/text.hpp"

#include <fmt/format.h>

#include <charconv>

namespace troupe::http {

std::vector<int64_t> ids_field(const nlohmann::json& body, const char* name) {
  auto found = body.find(name);
  if (found == body.end() || !found->is_array())
    throw failure{errc::bad_request, fmt::format("{} is missing or no list", name)};
  std::vector<int64_t> ids;
  for (auto& id : *found) {
    if (!is_integer(id))
      throw failure{errc::bad_request, fmt::format("{} must be a list of ids", name)};
    ids.push_back(id.get<int64_t>());
  }
  return ids;
}

namespace {

/// "dataset:5"
object_name reference(const nlohmann::json& value, const char* field) {
  const failure wrong{
    errc::bad_request,
    fmt::format("{} of a selection must name objects like \"image:4\"", field)};
  if (!value.is_string())
    throw wrong;
  const std::string_view words = value.get_ref<const std::string&>();
  const auto colon = words.find(':');
  if (colon == words.npos)
    throw wrong;
  const auto digits = words.substr(colon + 1);
  object_name out{object_type_named(words.substr(0, colon)), 0};
  const auto end = digits.data() + digits.size();
  const auto [at, error] = std::from_chars(digits.data(), end, out.id);
  if (error != std::errc{} || at != end)
    throw wrong;
  return out;
}

std::vector<object_name> references(const nlohmann::json& value, const char* field) {
  std::vector<object_name> out;
  if (!value.is_array())
    return {reference(value, field)};
  for (auto& one : value)
    out.push_back(reference(one, field));
  return out;
}

std::vector<int64_t> references_of(const nlohmann::json& value, const char* field,
                                   object_type type) {
  std::vector<int64_t> out;
  for (auto& one : references(value, field)) {
    if (one.type != type)
      throw failure{errc::bad_request, fmt::format("{} names a {} among {}", field,
                                                   name_of(one.type), table_of(type))};
    out.push_back(one.id);
  }
  return out;
}

/// An unknown field may be a wrong "minus": it is not passed over.
selection selection_in(const nlohmann::json& value, object_type type) {
  if (!value.is_object())
    throw failure{errc::bad_request, "selection must be an object"};
  selection out;
  for (auto& [field, inside] : value.items()) {
    if (field == "query")
      out.query = text_field(value, "query");
    else if (field == "within")
      for (auto& one : references(inside, "within"))
        out.within.push_back({one.type, one.id});
    else if (field == "plus")
      out.plus = references_of(inside, "plus", type);
    else if (field == "minus")
      out.minus = references_of(inside, "minus", type);
    else
      throw failure{errc::bad_request,
                    fmt::format("a selection has no \"{}\"", clean_text(field, 40))};
  }
  return out;
}

} // namespace

chosen_objects objects_in(const nlohmann::json& body, object_type type,
                          const char* list) {
  const auto found = body.find("selection");
  if (found == body.end())
    return {ids_field(body, list), {}};
  if (body.contains(list))
    throw failure{errc::bad_request, fmt::format("{} or a selection, not both", list)};
  return {{}, selection_in(*found, type)};
}

object_name object_field(const nlohmann::json& body, const char* name) {
  auto found = body.find(name);
  if (found == body.end() || !found->is_object())
    throw failure{errc::bad_request,
                  fmt::format("{} is missing or no {{type, id}}", name)};
  const auto id = integer_if(*found, "id");
  if (!id)
    throw failure{errc::bad_request, fmt::format("{} has no id", name)};
  return {object_type_named(text_field(*found, "type")), *id};
}

listed_objects listed_objects_in(const nlohmann::json& body) {
  listed_objects out;
  const auto list = body.find("objects");
  if (list == body.end()) {
    out.type = object_type_named(text_field(body, "type"));
    auto many = objects_in(body, out.type);
    out.ids = std::move(many.ids);
    out.chosen = std::move(many.chosen);
    return out;
  }
  if (!list->is_array())
    throw failure{errc::bad_request, "objects must be a list"};
  for (auto& item : *list) {
    const auto [type, id] =
      object_field(nlohmann::json::object({{"object", item}}), "object");
    out.objects.push_back({type, id});
  }
  return out;
}

web_response encode(const batch_result& r) {
  auto refused = nlohmann::json::array();
  for (auto& x : r.refused)
    refused.push_back({{"id", x.id}, {"reason", x.reason}, {"error", to_string(x.why)}});
  return document({{"done", r.done}, {"refused", refused}});
}

} // namespace troupe::http
