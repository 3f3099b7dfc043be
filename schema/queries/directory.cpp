#include "schema/queries/directory.hpp"

#include "schema/queries/rows.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

/// Whether the viewer belongs to group `g`, or looks after all.
constexpr std::string_view group_is_seen = R"sql(
  ((w.who).everything
   or exists (select from memberships as own
               where own.group_id = g.id and own.account_id = (w.who).account)))sql";

std::string people_chosen(const list_directory& q) {
  std::string all = "(a.active or (w.who).everything)";
  if (q.id)
    all += fmt::format(" and a.id = {}", *q.id);
  if (q.group)
    all += fmt::format(" and exists (select from memberships as m"
                       " join groups as g on g.id = m.group_id"
                       " where m.account_id = a.id and g.id = {} and {})",
                       *q.group, group_is_seen);
  return all;
}

std::string groups_chosen(const list_group_directory& q) {
  std::string all{group_is_seen};
  if (q.id)
    all += fmt::format(" and g.id = {}", *q.id);
  if (q.account)
    all += fmt::format(" and exists (select from memberships as m"
                       " where m.group_id = g.id and m.account_id = {})",
                       *q.account);
  return all;
}

int64_t count_of(soci::session& sql, std::string_view table, const std::string& chosen,
                 const std::string& who) {
  int64_t total = 0;
  sql << fmt::format("select count(*) from {} cross join"
                     " (select cast(:who as viewer) as who) as w where {}",
                     table, chosen),
    soci::use(who, "who"), soci::into(total);
  return total;
}

person_words person_in_row(const soci::row& row) {
  return {int64_of(row, "id"),        text_of(row, "login"),
          text_of(row, "first_name"), text_of(row, "middle_name"),
          text_of(row, "last_name"),  text_of(row, "email"),
          text_of(row, "institution")};
}

group_words group_in_row(const soci::row& row) {
  return {int64_of(row, "id"), int64_of(row, "members"), text_of(row, "name"),
          text_of(row, "description"), static_cast<group_level>(int32_of(row, "level"))};
}

} // namespace

people_page run(soci::session& sql, const list_directory& q) {
  const auto who = to_sql(q.who), chosen = people_chosen(q);
  people_page found;
  found.total = count_of(sql, "accounts as a", chosen, who);
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(R"sql(
    select a.id, a.login, a.first_name, a.middle_name, a.last_name,
           case when knows(a.id, w.who) then a.email else '' end as email,
           case when knows(a.id, w.who) then a.institution else '' end as institution
      from accounts as a
     cross join (select cast(:who as viewer) as who) as w
     where {}
     order by lower(a.last_name) collate "C", lower(a.first_name) collate "C", a.id
     limit :limit offset :offset)sql",
                                chosen),
     soci::use(who, "who"), soci::use(q.limit, "limit"), soci::use(q.offset, "offset"));
  for (const auto& row : rows)
    found.items.push_back(person_in_row(row));
  return found;
}

group_page run(soci::session& sql, const list_group_directory& q) {
  const auto who = to_sql(q.who), chosen = groups_chosen(q);
  group_page found;
  found.total = count_of(sql, "groups as g", chosen, who);
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(R"sql(
    select g.id, g.name, g.description, g.level,
           (select count(*) from memberships as o where o.group_id = g.id) as members
      from groups as g
     cross join (select cast(:who as viewer) as who) as w
     where {}
     order by lower(g.name) collate "C", g.id
     limit :limit offset :offset)sql",
                                chosen),
     soci::use(who, "who"), soci::use(q.limit, "limit"), soci::use(q.offset, "offset"));
  for (const auto& row : rows)
    found.items.push_back(group_in_row(row));
  return found;
}

} // namespace troupe
