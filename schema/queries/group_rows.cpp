#include "schema/queries/group_rows.hpp"

#include "schema/queries/rows.hpp"

namespace troupe {

std::vector<group_record> read_groups(soci::session& sql, const viewer& who,
                                      const group_choice& which) {
  int mine = which.mine;
  soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select g.id, g.name, g.description, g.level, rfc3339(g.created) as created,
           cast(g.name in ('system', 'user', 'default') as integer) as system,
           cast(m.account_id is not null as integer) as member,
           cast(m.leader is true as integer) as leader,
           (select count(*) from memberships as o where o.group_id = g.id) as members
      from groups as g
      left join memberships as m on m.group_id = g.id and m.account_id = :account
     where (m.account_id is not null or :mine = 0)
       and (g.id = :id or cast(:id as bigint) = 0)
     order by g.name collate nat, g.id)sql",
                                  soci::use(who.account, "account"),
                                  soci::use(mine, "mine"), soci::use(which.id, "id"));
  std::vector<group_record> found;
  for (const auto& row : rows)
    found.push_back({int64_of(row, "id"), text_of(row, "name"),
                     text_of(row, "description"), text_of(row, "created"),
                     static_cast<group_level>(int32_of(row, "level")),
                     bool_of(row, "system"), bool_of(row, "member"),
                     bool_of(row, "leader"), int64_of(row, "members")});
  return found;
}

std::vector<group_member> read_members(soci::session& sql, int64_t group) {
  soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select a.id, a.login, a.name, cast(m.leader as integer) as leader,
           cast(a.active as integer) as active
      from memberships as m
      join accounts as a on a.id = m.account_id
     where m.group_id = :group
     order by a.login)sql",
                                  soci::use(group, "group"));
  std::vector<group_member> found;
  for (const auto& row : rows)
    found.push_back({{int64_of(row, "id"), text_of(row, "login"), text_of(row, "name")},
                     bool_of(row, "leader"),
                     bool_of(row, "active")});
  return found;
}

} // namespace troupe
