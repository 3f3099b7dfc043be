// Children put into parents and taken out.

#include "schema/queries/audit.hpp"
#include "schema/queries/organise.hpp"
#include "schema/queries/rows.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe {

namespace {

/// As in link_kinds; a folder in a folder is a column of its row instead.
struct link_kind {
  int kind;
  object_type parent, child;
};
constexpr link_kind all_link_kinds[] = {{1, object_type::project, object_type::dataset},
                                        {2, object_type::dataset, object_type::image},
                                        {3, object_type::screen, object_type::plate},
                                        {4, object_type::folder, object_type::image},
                                        {5, object_type::folder, object_type::roi}};
constexpr int in_folder = 0;

int kind_of(object_type parent, object_type child) {
  if (parent == object_type::folder && child == object_type::folder)
    return in_folder;
  for (auto& k : all_link_kinds)
    if (k.parent == parent && k.child == child)
      return k.kind;
  throw failure{errc::bad_request, fmt::format("a {} does not go into a {}",
                                               name_of(child), name_of(parent))};
}

std::vector<int64_t> ids_in(soci::rowset<soci::row>& rows) {
  std::vector<int64_t> out;
  for (const auto& row : rows)
    out.push_back(int64_of(row, "id"));
  std::sort(out.begin(), out.end());
  return out;
}

void write_links(soci::session& sql, const viewer& who, int kind,
                 const seen_object& parent, const std::vector<int64_t>& children) {
  const auto list = array_of(children);
  sql << R"sql(
    insert into links (parent_id, child_id, kind, group_id, owner_id)
    select :parent, c.id, :kind, :group, :owner
      from unnest(cast(:children as bigint[])) as c (id)
        on conflict do nothing)sql",
    soci::use(parent.id, "parent"), soci::use(kind, "kind"),
    soci::use(parent.group, "group"), soci::use(who.account, "owner"),
    soci::use(list, "children");
}

/// @returns the children that were in it.
std::vector<int64_t> delete_links(soci::session& sql, int kind, int64_t parent,
                                  const std::vector<int64_t>& children, const viewer& who,
                                  bool only_own) {
  const auto list = array_of(children);
  const int own = only_own;
  soci::rowset<soci::row> rows =
    (sql.prepare << R"sql(
    delete from links as l
     where l.parent_id = :parent and l.kind = :kind
       and l.child_id = any(cast(:children as bigint[]))
       and (l.owner_id = :owner or :own = 0)
    returning l.child_id as id)sql",
     soci::use(parent, "parent"), soci::use(kind, "kind"), soci::use(list, "children"),
     soci::use(who.account, "owner"), soci::use(own, "own"));
  return ids_in(rows);
}

/// A folder is in one folder or at the top.
void put_folders(soci::session& sql, int64_t parent,
                 const std::vector<int64_t>& children) {
  const auto list = array_of(children);
  int circle = 0;
  sql << R"sql(
    with recursive above (id) as (
      select cast(:parent as bigint)
      union
      select f.parent_id
        from above as a
        join folders as f on f.id = a.id
       where f.parent_id is not null
    )
    select 1 from above where id = any(cast(:children as bigint[])) limit 1)sql",
    soci::use(parent, "parent"), soci::use(list, "children"), soci::into(circle);
  if (sql.got_data())
    throw failure{errc::conflict, "a folder does not go into itself"};
  sql << R"sql(
    update folders set parent_id = :parent, updated = now(), version = version + 1
     where id = any(cast(:children as bigint[])))sql",
    soci::use(parent, "parent"), soci::use(list, "children");
}

std::vector<int64_t> take_folders(soci::session& sql, int64_t parent,
                                  const std::vector<int64_t>& children) {
  const auto list = array_of(children);
  soci::rowset<soci::row> rows =
    (sql.prepare << R"sql(
    update folders set parent_id = null, updated = now(), version = version + 1
     where parent_id = :parent and id = any(cast(:children as bigint[]))
    returning id)sql",
     soci::use(parent, "parent"), soci::use(list, "children"));
  return ids_in(rows);
}

/// Objects of two groups are never linked.
void keep_group(allowed_objects& chosen, object_type type, int64_t group) {
  for (auto& o : chosen.allowed)
    if (o.group != group)
      chosen.refused.push_back(
        {o.id, errc::conflict,
         fmt::format("{} {} is in another group", name_of(type), o.id)});
  std::erase_if(chosen.allowed, [&](auto& o) { return o.group != group; });
}

nlohmann::json parent_detail(object_type type, int64_t id) {
  return {{"parent", {{"type", name_of(type)}, {"id", id}}}};
}

} // namespace

batch_result run(soci::session& sql, const link_objects& q) {
  const auto kind = kind_of(q.parent_type, q.child_type);
  const auto parent =
    require_right(sql, q.who, q.parent_type, q.parent, right::link, "link into");
  if (q.from)
    require_right(sql, q.who, q.parent_type, *q.from, right::link, "link out of");
  auto chosen = allowed(sql, q.who, q.child_type, q.children, right::link, "link");
  keep_group(chosen, q.child_type, parent.group);
  batch_result out{chosen.ids(), std::move(chosen.refused)};
  if (kind == in_folder) {
    put_folders(sql, parent.id, out.done);
  } else {
    write_links(sql, q.who, kind, parent, out.done);
    if (q.from && *q.from != q.parent)
      delete_links(sql, kind, *q.from, out.done, q.who, false);
  }
  note(sql, q.who,
       {audit_action::link, object_kind::of(q.child_type), out.done, parent.group,
        parent_detail(q.parent_type, q.parent)});
  return out;
}

batch_result run(soci::session& sql, const unlink_objects& q) {
  const auto kind = kind_of(q.parent_type, q.child_type);
  const auto parent = require_seen(sql, q.who, q.parent_type, q.parent);
  const bool by_right = parent.may(right::link) || parent.may(right::edit);
  if (kind == in_folder && !by_right)
    throw failure{errc::denied,
                  fmt::format("you may not take folders out of folder {}", q.parent)};
  if (q.who.author == 0)
    throw failure{errc::denied, "this account changes nothing"};
  batch_result out;
  out.done = kind == in_folder
               ? take_folders(sql, q.parent, q.children)
               : delete_links(sql, kind, q.parent, q.children, q.who, !by_right);
  for (auto id : q.children)
    if (!std::binary_search(out.done.begin(), out.done.end(), id))
      out.refused.push_back(
        {id, errc::not_found,
         fmt::format("{} {} is not in {} {}, or was put there by somebody else",
                     name_of(q.child_type), id, name_of(q.parent_type), q.parent)});
  note(sql, q.who,
       {audit_action::unlink, object_kind::of(q.child_type), out.done, parent.group,
        parent_detail(q.parent_type, q.parent)});
  return out;
}

} // namespace troupe
