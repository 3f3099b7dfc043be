#include "schema/queries/container_rows.hpp"

#include "schema/kept_plans.hpp"
#include "schema/queries/paging.hpp"
#include "schema/queries/rows.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

// Where a group is wholly visible its links need not be looked behind: what they join
// is of the same group.
constexpr std::string_view visible_datasets = R"sql(
  select count(*)
    from links as l
    join datasets as d on d.id = l.child_id
   where l.parent_id = c.id and l.kind = 1
     and visible(d.owner_id, d.group_id, cast(:who as viewer)))sql";

constexpr std::string_view visible_images = R"sql(
  select case when sees_all(c.group_id, cast(:who as viewer)) then
    (select count(*)
       from links as l
      where l.parent_id = c.id and l.kind = 2)
  else
    (select count(*)
       from links as l
       join images as i on i.id = l.child_id
      where l.parent_id = c.id and l.kind = 2
        and visible(i.owner_id, i.group_id, cast(:who as viewer)))
  end)sql";

// The columns of a container `c` and its owner `a`.
std::string select_containers(std::string_view table) {
  return fmt::format(
    R"sql(
    select c.id, c.name, c.description, rfc3339(c.created) as created,
           a.id as owner_id, a.login as owner_login, a.name as owner_name,
           ({children}) as children
      from {table} as c
      join accounts as a on a.id = c.owner_id
     where visible(c.owner_id, c.group_id, cast(:who as viewer)))sql",
    fmt::arg("table", table),
    fmt::arg("children", table == "projects" ? visible_datasets : visible_images));
}

container container_of(const soci::row& row) {
  return {
    int64_of(row, "id"),
    text_of(row, "name"),
    text_of(row, "description"),
    text_of(row, "created"),
    {int64_of(row, "owner_id"), text_of(row, "owner_login"), text_of(row, "owner_name")},
    int64_of(row, "children")};
}

int64_t count_containers(soci::session& sql, const container_scope& which,
                         const std::string& who) {
  int64_t total = 0;
  sql << fmt::format(R"sql(
    select count(*)
      from {} as c
     where visible(c.owner_id, c.group_id, cast(:who as viewer)) and {}{})sql",
                     which.table, which.scope, owned_by("c", which.owner)),
    soci::use(who, "who"), soci::use(which.parent, "parent"), soci::into(total);
  return total;
}

std::string absent(std::string_view table, int64_t id) {
  return fmt::format("{} {}", table == "projects" ? "project" : "dataset", id);
}

} // namespace

page<container> list_containers(soci::session& sql, const container_scope& which,
                                const viewer& viewer, const page_request& wanted) {
  auto limit = limit_of(wanted);
  auto from = position_of(which.table, wanted);
  auto who = to_sql(viewer);
  page<container> found;
  found.total = from ? from->total : count_containers(sql, which, who);

  auto after = from.value_or(list_position{});
  auto rows_read = limit + 1;
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(
       "{} and {}{} {} order by c.name collate nat, c.id limit :limit",
       select_containers(which.table), which.scope, owned_by("c", which.owner),
       from ? "and (c.name collate nat, c.id) > (cast(:name as text) collate nat, :id)"
            : ""),
     soci::use(who, "who"), soci::use(which.parent, "parent"),
     soci::use(after.value, "name"), soci::use(after.id, "id"),
     soci::use(rows_read, "limit"));
  for (const auto& row : rows)
    found.items.push_back(container_of(row));
  end_page(found, limit, which.table, [](const container& c) { return c.name; });
  return found;
}

container read_container(soci::session& sql, std::string_view table, const viewer& viewer,
                         int64_t id) {
  auto who = to_sql(viewer);
  soci::row row;
  sql << kept << select_containers(table) + " and c.id = :id", soci::use(who, "who"),
    soci::use(id, "id"), soci::into(row);
  if (!sql.got_data())
    throw failure{errc::not_found, absent(table, id)};
  return container_of(row);
}

} // namespace troupe
