#include "http/omero/marshal/details.hpp"

#include "http/omero/marshal/permissions.hpp"
#include "http/omero/marshal/values.hpp"

#include <fmt/format.h>

#include <set>

namespace troupe::http::omero {

namespace {

std::string details_text(const std::string& owner, const std::string& group,
                         const std::string& permissions) {
  object_text out;
  out.put("@type", "TBD#Details");
  out.raw("owner", owner);
  out.raw("group", group);
  out.raw("permissions", permissions);
  return std::move(out).close();
}

std::string only_id(int64_t id) {
  return fmt::format("{{\"@id\":{}}}", id);
}

} // namespace

object_text experimenter_text(const person_words& who) {
  object_text out;
  out.put("@type", type_named("Experimenter"));
  out.put("@id", who.id);
  out.put("UserName", who.login);
  out.put("FirstName", who.first_name);
  out.put("LastName", who.last_name);
  out.put_if("MiddleName", who.middle_name);
  out.put_if("Email", who.email);
  out.put_if("Institution", who.institution);
  out.raw("omero:details", nobodys_details());
  return out;
}

object_text group_text(const group_words& group) {
  object_text out;
  out.put("@type", type_named("ExperimenterGroup"));
  out.put("@id", group.id);
  out.put("Name", group.name);
  out.put_if("Description", group.description);
  out.raw("omero:details", details_of_group(group.level));
  return out;
}

details_book::details_book(std::vector<holding> all) : all_{std::move(all)} {
  for (auto& h : all_) {
    const auto permissions = permissions_text(h.group.level, h.rights);
    pages_[{h.owner.id, h.group.id}] = {
      details_text(experimenter_text(h.owner).close(), group_text(h.group).close(),
                   permissions),
      details_text(only_id(h.owner.id), only_id(h.group.id), permissions)};
  }
  nobody_.full = nobody_.short_form = nobodys_details();
}

const details_book::written& details_book::of(int64_t owner, int64_t group) const {
  const auto found = pages_.find({owner, group});
  return found == pages_.end() ? nobody_ : found->second;
}

const std::string& details_book::full(int64_t owner, int64_t group) const {
  return of(owner, group).full;
}

const std::string& details_book::short_form(int64_t owner, int64_t group) const {
  return of(owner, group).short_form;
}

std::string details_book::people() const {
  std::set<int64_t> seen;
  list_text out;
  for (auto& h : all_)
    if (seen.insert(h.owner.id).second)
      out.add(experimenter_text(h.owner).close());
  return std::move(out).close();
}

std::string details_book::groups() const {
  std::set<int64_t> seen;
  list_text out;
  for (auto& h : all_)
    if (seen.insert(h.group.id).second)
      out.add(group_text(h.group).close());
  return std::move(out).close();
}

} // namespace troupe::http::omero
