// Objects to another person.

#include "schema/queries/audit.hpp"
#include "schema/queries/moves.hpp"
#include "schema/queries/subgraph.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

void check_receiver(soci::session& sql, int64_t account) {
  int known = 0;
  sql << "select 1 from accounts where id = :account and active and not reader",
    soci::use(account, "account"), soci::into(known);
  if (!sql.got_data())
    throw failure{errc::not_found, fmt::format("account {}", account)};
}

/// Nobody gets what they would not see.
void check_groups(soci::session& sql, int64_t account) {
  int64_t group = 0;
  sql << R"sql(
    select g.group_id
      from going as g
     where not exists (select from memberships as m
                        where m.account_id = :account and m.group_id = g.group_id)
     limit 1)sql",
    soci::use(account, "account"), soci::into(group);
  if (sql.got_data())
    throw failure{errc::conflict,
                  fmt::format("account {} is not in group {}", account, group)};
}

/// What people wrote or drew stays theirs where members annotate; elsewhere what the
/// owner put on their own things goes with them.
void keep_authors(soci::session& sql) {
  sql << R"sql(
    delete from going as g
     using groups as l
     where g.kind in (0, 4, 8) and not g.chosen and l.id = g.group_id
       and (l.level >= 2
            or g.owner_id not in (select o.owner_id from going as o
                                   where o.kind in (1, 2, 3, 5, 6, 7) or o.chosen)))sql";
}

void set_owner(soci::session& sql, int64_t account) {
  struct {
    const char* table;
    int kind;
  } constexpr given[] = {{"projects", 1},    {"datasets", 2}, {"images", 3},
                         {"annotations", 4}, {"screens", 5},  {"plates", 6},
                         {"folders", 7},     {"rois", 8},     {"filesets", 9},
                         {"attachments", 0}};
  for (auto& g : given)
    sql << fmt::format("update {} set owner_id = :account"
                       " where id in (select id from going where kind = {})",
                       g.table, g.kind),
      soci::use(account, "account");
  // An image looks as its owner's settings say: there must be some.
  sql << R"sql(
    update renderings as r set owner_id = :account
      from going as g
     where g.kind = 3 and r.image_id = g.id and r.owner_id = g.owner_id
       and not exists (select from renderings as o
                        where o.image_id = r.image_id and o.owner_id = :account))sql",
    soci::use(account, "account");
  constexpr int ends[][3] = {{1, 1, 2}, {2, 2, 3}, {3, 5, 6}, {4, 7, 3}, {5, 7, 8}};
  for (auto& [kind, parent, child] : ends)
    sql << fmt::format(R"sql(
    update links set owner_id = :account
     where kind = {} and parent_id in (select id from going where kind = {})
       and child_id in (select id from going where kind = {}))sql",
                       kind, parent, child),
      soci::use(account, "account");
}

} // namespace

json_document run(soci::session& sql, const give_objects& q) {
  check_receiver(sql, q.account);
  if (q.preview)
    sql << "savepoint before_preview";
  const auto staying = gather(sql, {q.who, q.type, q.ids, right::give, q.contents, {}});
  keep_authors(sql);
  if (!q.preview)
    require_some(sql, staying);
  check_groups(sql, q.account);
  const auto going = count_going(sql, q.who);
  note_going(sql, q.who, audit_action::given, {{"to", q.account}});
  set_owner(sql, q.account);
  if (q.preview)
    sql << "rollback to savepoint before_preview";
  return {nlohmann::json{{"preview", q.preview},
                         {"counts", counts_json(going)},
                         {"others", others_json(going)},
                         {"blocked", staying_json(staying, true)},
                         {"left", staying_json(staying, false)}}
            .dump()};
}

} // namespace troupe
