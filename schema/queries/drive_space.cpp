#include "schema/queries/drive_space.hpp"

#include "schema/queries/rows.hpp"

#include <fmt/format.h>

namespace troupe {

taken_spaces run(soci::session& sql, const list_taken_space& q) {
  const auto who = to_sql(q.who);
  const auto group = q.group.value_or(0), person = q.person.value_or(0);
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(
       R"sql(
    select n.id, n.name, cast(sum(o.bytes) as bigint) as bytes
      from (select s.owner_id, s.group_id, f.bytes
              from filesets as s
              join files as f on f.fileset_id = s.id
             union all
            select a.owner_id, a.group_id, a.bytes from attachments as a) as o
      join {table} as n on n.id = o.{column}
     where visible(o.owner_id, o.group_id, cast(:who as viewer))
       and (cast(:grp as bigint) = 0 or o.group_id = :grp)
       and (cast(:person as bigint) = 0 or o.owner_id = :person)
     group by n.id, n.name
     order by bytes desc, n.id)sql",
       fmt::arg("table", q.by_group ? "groups" : "accounts"),
       fmt::arg("column", q.by_group ? "group_id" : "owner_id")),
     soci::use(who, "who"), soci::use(group, "grp"), soci::use(person, "person"));
  taken_spaces found;
  for (const auto& row : rows)
    found.items.push_back(
      {int64_of(row, "id"), text_of(row, "name"), int64_of(row, "bytes")});
  return found;
}

} // namespace troupe
