#include "http/people_json.hpp"

#include "storage/failure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace troupe::http {

namespace {

using nlohmann::json;

struct bit_name {
  int32_t bit;
  const char* name;
};

constexpr bit_name scopes[] = {{1, "read"}, {2, "write"}, {4, "administer"}};

constexpr bit_name privileges[] = {
  {1, "actAs"},
  {2, "writeOwned"},
  {4, "writeFile"},
  {8, "writeManagedRepo"},
  {16, "writeScriptRepo"},
  {32, "deleteOwned"},
  {64, "deleteFile"},
  {128, "deleteManagedRepo"},
  {256, "deleteScriptRepo"},
  {512, "move"},
  {1024, "give"},
  {2048, "modifyGroup"},
  {4096, "modifyMembership"},
  {8192, "modifyAccount"},
  {16384, "readSession"},
};

constexpr std::array levels{"private", "read-only", "read-annotate", "read-write"};

template <size_t N>
json names_of(const bit_name (&all)[N], int32_t bits) {
  auto out = json::array();
  for (auto& b : all)
    if (bits & b.bit)
      out.push_back(b.name);
  return out;
}

template <size_t N>
int32_t bits_of(const bit_name (&all)[N], const char* what,
                const std::vector<std::string>& names) {
  int32_t bits = 0;
  for (auto& name : names) {
    auto found = std::find_if(std::begin(all), std::end(all),
                              [&](auto& b) { return name == b.name; });
    if (found == std::end(all))
      throw failure{errc::bad_request, fmt::format("there is no {} \"{}\"", what, name)};
    bits |= found->bit;
  }
  return bits;
}

json text_or_null(const std::string& text) {
  return text.empty() ? json{} : json(text);
}

json person_json(const person& p) {
  return {{"id", p.id}, {"login", p.login}, {"name", p.name}};
}

} // namespace

const char* name_of(session_kind kind) {
  constexpr std::array names{"signed-in", "token", "acting-as", "visitor", "share"};
  return names.at(static_cast<size_t>(kind));
}

const char* name_of(group_level level) {
  return levels.at(static_cast<size_t>(level));
}

group_level level_named(std::string_view name) {
  auto found = std::find(levels.begin(), levels.end(), name);
  if (found == levels.end())
    throw failure{errc::bad_request, fmt::format("level must be one of {}, not \"{}\"",
                                                 fmt::join(levels, ", "), name)};
  return static_cast<group_level>(found - levels.begin());
}

json scope_names(int32_t bits) {
  return names_of(scopes, bits);
}
json privilege_names(int32_t bits) {
  return names_of(privileges, bits);
}
int32_t scopes_named(const std::vector<std::string>& names) {
  return bits_of(scopes, "scope", names);
}
int32_t privileges_named(const std::vector<std::string>& names) {
  return bits_of(privileges, "privilege", names);
}
json all_privilege_names() {
  return names_of(privileges, all_privileges);
}

json json_of(const account_details& a) {
  json out{{"id", a.id},
           {"login", a.login},
           {"name", a.name},
           {"firstName", a.first_name},
           {"middleName", a.middle_name},
           {"lastName", a.last_name},
           {"active", a.active},
           {"admin", a.admin},
           {"reader", a.reader},
           {"privileges", privilege_names(a.privileges)}};
  if (!a.known)
    return out;
  auto groups = json::array();
  for (auto& g : a.groups)
    groups.push_back({{"id", g.id},
                      {"name", g.name},
                      {"level", name_of(static_cast<group_level>(g.level))},
                      {"leader", g.leader}});
  out.update({{"email", a.email},
              {"institution", a.institution},
              {"created", text_or_null(a.created)},
              {"defaultGroup", a.default_group},
              {"groups", groups}});
  return out;
}

json json_of(const page<account_details>& p) {
  auto items = json::array();
  for (auto& a : p.items)
    items.push_back(json_of(a));
  return {{"items", items}, {"total", p.total}, {"next", text_or_null(p.next)}};
}

json json_of(const group_record& g) {
  return {{"id", g.id},
          {"name", g.name},
          {"description", g.description},
          {"level", name_of(g.level)},
          {"system", g.system},
          {"member", g.member},
          {"leader", g.leader},
          {"members", g.members},
          {"created", g.created}};
}

json json_of(const group_details& g) {
  auto out = json_of(g.self);
  auto people = json::array();
  for (auto& m : g.members) {
    auto one = person_json(m.who);
    one["leader"] = m.leader;
    one["active"] = m.active;
    people.push_back(one);
  }
  out["people"] = people;
  return out;
}

json json_of(const group_change& c) {
  return {{"group", json_of(c.self)},
          {"losses",
           {{"settings", c.losses.settings},
            {"rois", c.losses.rois},
            {"annotationLinks", c.losses.annotation_links},
            {"links", c.losses.links},
            {"comments", c.losses.comments},
            {"forbiddenByPlates", c.losses.plates}}}};
}

json json_of(const session_entry& s) {
  return {{"id", s.id},
          {"account", person_json(s.account)},
          {"kind", name_of(s.kind)},
          {"name", s.name},
          {"agent", s.agent},
          {"address", s.address},
          {"created", s.created},
          {"lastSeen", s.last_seen},
          {"expires", s.expires},
          {"sudoer", text_or_null(s.sudoer)},
          {"scopes", scope_names(s.scopes)},
          {"current", s.current}};
}

} // namespace troupe::http
