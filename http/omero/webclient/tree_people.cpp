// Whose data the tree shows: groups and the people in them.

#include "http/encode.hpp"
#include "http/omero/marshal/permissions.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webclient/tree.hpp"
#include "schema/queries/people.hpp"

#include <algorithm>

namespace troupe::http::omero {

namespace {

std::vector<group_record> groups_of_tree(call& c) {
  auto groups = c.ask(list_groups{.all = c.who().who.everything});
  std::erase_if(groups, [](auto& g) { return g.name == "user"; });
  return groups;
}

/// Only what both the viewer and the member know of.
void keep_groups_of(call& c, int64_t member, std::vector<group_record>& groups) {
  std::erase_if(groups, [&](auto& g) {
    const auto details = c.find(find_group{.group = g.id});
    return !details
           || std::none_of(details->members.begin(), details->members.end(),
                           [&](auto& m) { return m.who.id == member; });
  });
}

std::string lower_case(std::string text) {
  for (auto& letter : text)
    letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return text;
}

template <class T>
std::vector<T> sliced(std::vector<T> all, const tree_page& page) {
  const auto size = static_cast<int64_t>(all.size());
  const auto from = std::min(page.offset, size),
             to = std::min(page.offset + page.limit, size);
  return {all.begin() + from, all.begin() + to};
}

web_response tree_groups(call& c) {
  auto groups = groups_of_tree(c);
  if (auto member = narrowing(c, "member"))
    keep_groups_of(c, *member, groups);
  std::sort(groups.begin(), groups.end(), [](auto& a, auto& b) {
    return std::pair{lower_case(a.name), a.id} < std::pair{lower_case(b.name), b.id};
  });
  auto list = json::array();
  for (auto& g : sliced(std::move(groups), tree_page_of(c)))
    list.push_back({{"id", g.id}, {"name", g.name}, {"perm", perm_of(g.level)}});
  return document({{"groups", list}});
}

bool is_fellow(call& c, int64_t account) {
  if (c.who().who.everything || c.who().account.id == account)
    return true;
  auto groups = groups_of_tree(c);
  keep_groups_of(c, account, groups);
  return !groups.empty();
}

json experimenter_item(int64_t id, const std::string& login, const std::string& first,
                       const std::string& last) {
  return {{"experimenter",
           {{"id", id}, {"omeName", login}, {"firstName", first}, {"lastName", last}}}};
}

web_response tree_experimenter(call& c) {
  if (c.in.captured.at("id") == "-1")
    return document(experimenter_item(-1, "All members", "All members", ""));
  const auto id = c.id("id");
  const auto found = c.find(find_person{.account = id});
  if (!found || !is_fellow(c, id))
    throw failure{errc::not_found, "experimenter " + std::to_string(id)};
  return document(
    experimenter_item(id, found->login, found->first_name, found->last_name));
}

} // namespace

const std::vector<route> webclient_people_routes = routes_of({
  tree_row("GET", "/webclient/api/groups", tree_groups),
  tree_row("GET", "/webclient/api/experimenters/{id}", tree_experimenter),
});

} // namespace troupe::http::omero
