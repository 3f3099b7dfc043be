// Experimenters and their groups.

#include "http/omero/api/people.hpp"

#include "http/omero/api/collections.hpp"
#include "http/omero/api/objects.hpp"
#include "http/omero/api/paging.hpp"
#include "schema/queries/directory.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

/// The part of the path, else of the query.
std::optional<int64_t> chosen_by(const call& c, const char* name) {
  return c.in.captured.contains(name) ? c.id(name) : query_integer(c, name);
}

std::string groups_address(const call& c, int64_t person) {
  return address_of(c, "experimenters", person) + "experimentergroups/";
}

std::string members_address(const call& c, int64_t group) {
  return address_of(c, "experimentergroups", group) + "experimenters/";
}

object_text counted_group(const call& c, const group_words& group) {
  auto out = group_text(group);
  if (query_flag(c, "childCount"))
    out.put("omero:childCount", group.members);
  return out;
}

[[noreturn]] void refuse_unknown(const char* kind, int64_t id) {
  throw refused{api_answer(
    fmt::format(R"({{"message":"{} {} not found","stacktrace":""}})", kind, id), 404)};
}

} // namespace

web_response list_experimenters(call& c) {
  const auto which = slice_of(c);
  const auto page = c.ask(list_directory{.group = chosen_by(c, "experimentergroup"),
                                         .offset = which.offset,
                                         .limit = which.limit});
  list_text items;
  for (auto& who : page.items) {
    auto out = experimenter_text(who);
    out.put("url:experimenter", address_of(c, "experimenters", who.id));
    out.put("url:experimentergroups", groups_address(c, who.id));
    items.add(std::move(out).close());
  }
  return api_answer(list_answer(std::move(items), which, page.total).close());
}

web_response one_experimenter(call& c) {
  const auto id = c.id("id");
  const auto page = c.ask(list_directory{.id = id, .limit = 1});
  if (page.items.empty())
    refuse_unknown("Experimenter", id);
  auto out = experimenter_text(page.items.front());
  out.put("url:experimentergroups", groups_address(c, id));
  return data_answer(std::move(out));
}

web_response list_experimenter_groups(call& c) {
  const auto which = slice_of(c);
  const auto page = c.ask(list_group_directory{.account = chosen_by(c, "experimenter"),
                                               .offset = which.offset,
                                               .limit = which.limit});
  list_text items;
  for (auto& group : page.items) {
    auto out = counted_group(c, group);
    out.put("url:experimentergroup", address_of(c, "experimentergroups", group.id));
    out.put("url:experimenters", members_address(c, group.id));
    items.add(std::move(out).close());
  }
  return api_answer(list_answer(std::move(items), which, page.total).close());
}

web_response one_experimenter_group(call& c) {
  const auto id = c.id("id");
  const auto page = c.ask(list_group_directory{.id = id, .limit = 1});
  if (page.items.empty())
    refuse_unknown("ExperimenterGroup", id);
  auto out = counted_group(c, page.items.front());
  out.put("url:experimenters", members_address(c, id));
  return data_answer(std::move(out));
}

} // namespace troupe::http::omero
