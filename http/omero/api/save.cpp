#include "http/omero/api/save.hpp"

#include "http/omero/api/objects.hpp"
#include "http/omero/api/paging.hpp"
#include "http/omero/marshal/values.hpp"
#include "schema/queries/draw.hpp"
#include "schema/queries/save_container.hpp"
#include "schema/queries/trash.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

[[noreturn]] void refuse_save(int status, const std::string& message) {
  object_text out;
  out.put("message", message);
  out.put("stacktrace", "");
  throw refused{api_answer(std::move(out).close(), status)};
}

[[noreturn]] void refuse_decoding() {
  refuse_save(400, "Error in decode of json data by omero_marshal");
}

json object_of_body(call& c) {
  auto body = c.document();
  if (!body.is_object() || !body.contains("@type") || !body.at("@type").is_string())
    refuse_save(400, "Need to specify @type attribute");
  return body;
}

/// "Project" out of "http://...#Project".
std::string kind_in(const std::string& type) {
  const auto hash = type.find('#');
  return hash == type.npos ? "None" : type.substr(hash + 1);
}

object_type savable_type(const json& body, const char* doing) {
  const auto name = kind_in(body.at("@type"));
  for (auto type : {object_type::project, object_type::dataset, object_type::screen})
    if (name == omero_name(type))
      return type;
  refuse_save(405, fmt::format("{} of {} not supported", doing, name));
}

void check_schema(const json& body, object_type type) {
  const std::string said = body.at("@type");
  if (said != type_named(omero_name(type)))
    refuse_save(400, "No decoder found for type: " + said);
}

std::string word_in(const json& body, const char* name) {
  const auto found = body.find(name);
  if (found == body.end() || found->is_null())
    return {};
  if (!found->is_string())
    refuse_decoding();
  return *found;
}

int64_t number_in(const json& value) {
  if (!value.is_number_integer())
    refuse_decoding();
  return value;
}

/// The address's, else that of the object's details.
int64_t group_for(const call& c, const json& body) {
  if (auto group = query_integer(c, "group"); group && *group >= 0)
    return *group;
  const auto at = json::json_pointer{"/omero:details/group/@id"};
  if (!body.contains(at))
    refuse_save(400, "Specify Group in omero:details or query parameters ?group=:id");
  return number_in(body.at(at));
}

save_container words_in(const json& body, object_type type) {
  return {.type = type,
          .name = word_in(body, "Name"),
          .description = word_in(body, "Description"),
          .screen = {word_in(body, "Type"), word_in(body, "ProtocolIdentifier"),
                     word_in(body, "ProtocolDescription"),
                     word_in(body, "ReagentSetIdentifier"),
                     word_in(body, "ReagentSetDescription")}};
}

web_response saved_answer(call& c, object_type type, int64_t id, int status) {
  return data_answer(bare_text(type, find_whole(c, type, id)), status);
}

/// Making something in a group that one is not in.
saved_object ask_in_group(call& c, const save_container& q, int64_t group) {
  c.in.group = group;
  if (auto made = c.find(q))
    return *made;
  refuse_save(403, fmt::format("you may not create in group {}", group));
}

void delete_by_type(call& c, object_type type, int64_t id) {
  if (type == object_type::run)
    c.ask(delete_run{.run = id});
  else if (type == object_type::shape)
    c.ask(change_shape{.shape = id, .what = {}, .version = {}});
  else
    c.ask(delete_objects{.type = type,
                         .ids = {id},
                         .confirmed = true,
                         .keep = {"tag", "file", "term"},
                         .days = c.house.config.trash_days});
}

} // namespace

web_response create_object(call& c) {
  const auto body = object_of_body(c);
  const auto type = savable_type(body, "Creation");
  if (body.contains("@id"))
    refuse_save(400, "Object has '@id' attribute. Use PUT to update objects");
  check_schema(body, type);
  const auto q = words_in(body, type);
  return saved_answer(c, type, ask_in_group(c, q, group_for(c, body)).id, 201);
}

web_response replace_object(call& c) {
  const auto body = object_of_body(c);
  const auto type = savable_type(body, "Update");
  if (!body.contains("@id"))
    refuse_save(400, "No '@id' attribute. Use POST to create new objects");
  check_schema(body, type);
  auto q = words_in(body, type);
  q.id = number_in(body.at("@id"));
  q.group = group_for(c, body);
  c.in.group.reset(); // what is in another group is refused, not hidden
  find_whole(c, type, *q.id);
  return saved_answer(c, type, c.ask(q).id, 200);
}

web_response delete_object(call& c, object_type type) {
  const auto id = c.id("id");
  const auto found = find_whole(c, type, id);
  delete_by_type(c, type, id);
  return data_answer(bare_text(type, found));
}

} // namespace troupe::http::omero
