// The data of the form that chooses tags, piece by piece.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webclient/tree.hpp"
#include "schema/queries/people.hpp"
#include "schema/queries/tag_branches.hpp"

#include <limits>

namespace troupe::http::omero {

namespace {

tag_branches tags_of_form(call& c) {
  const auto offset = c.integer_or("offset", 0), limit = c.integer_or("limit", 1000);
  if (offset < 0 || limit < 1 || limit > std::numeric_limits<int32_t>::max())
    throw failure{errc::bad_request, "offset and limit count tags"};
  return c.ask(list_tag_branches{.offset = offset, .limit = static_cast<int32_t>(limit)});
}

json count_of_tags(call& c) {
  const auto all = c.ask(list_tag_branches{.limit = std::numeric_limits<int32_t>::max()});
  return {{"tag_count", all.items.size()}};
}

std::vector<int64_t> tags_in_set(call& c, int64_t set) {
  std::vector<int64_t> out;
  const auto inside =
    c.ask(list_tag_branches{.in = set, .limit = std::numeric_limits<int32_t>::max()});
  for (auto& t : inside.items)
    out.push_back(t.id);
  return out;
}

/// [id, text, owner, the tags of a set or 0].
json rows_of_tags(call& c) {
  auto rows = json::array();
  for (auto& t : tags_of_form(c).items)
    rows.push_back(json::array(
      {t.id, t.value, t.owner, t.set ? json(tags_in_set(c, t.id)) : json(0)}));
  return rows;
}

json descriptions_of_tags(call& c) {
  json out = json::object();
  for (auto& t : tags_of_form(c).items)
    out[std::to_string(t.id)] = t.description;
  return out;
}

json owners_of_tags(call& c) {
  json out = json::object();
  for (auto& t : tags_of_form(c).items)
    if (const auto key = std::to_string(t.owner); !out.contains(key))
      out[key] = c.ask(find_person{.account = t.owner}).name;
  return out;
}

web_response tagging_form_data(call& c) {
  const auto mode = c.field("jsonmode").value_or("");
  if (mode == "tagcount")
    return document(count_of_tags(c));
  if (mode == "tags")
    return document(rows_of_tags(c));
  if (mode == "desc")
    return document(descriptions_of_tags(c));
  if (mode == "owners")
    return document(owners_of_tags(c));
  throw failure{errc::bad_request, "jsonmode: it is tagcount, tags, desc or owners"};
}

} // namespace

const std::vector<route> webclient_tagging_form_routes = routes_of({
  tree_row("GET", "/webclient/marshal_tagging_form_data", tagging_form_data),
});

} // namespace troupe::http::omero
