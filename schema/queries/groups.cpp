// Groups: listed, found, made, and who belongs to them.

#include "schema/queries/groups.hpp"

#include "schema/queries/audit.hpp"
#include "schema/queries/group_rows.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

void require_membership_right(const viewer& who, int64_t group) {
  if (!who.may(privilege::modify_membership) && !who.leads(group))
    throw failure{errc::denied, fmt::format("only leaders of group {} and administrators "
                                            "change who is in it",
                                            group)};
}

/// Accounts get in and out of these by being made, switched off or made administrators.
void require_joinable(const group_record& g) {
  if (g.system && g.name != "default")
    throw failure{errc::conflict, "group " + g.name + " is kept by the server"};
}

std::string login_of(soci::session& sql, int64_t account) {
  std::string login;
  sql << "select login from accounts where id = :account", soci::use(account, "account"),
    soci::into(login);
  if (!sql.got_data())
    throw failure{errc::not_found, fmt::format("account {}", account)};
  return login;
}

} // namespace

std::vector<group_record> run(soci::session& sql, const list_groups& q) {
  if (q.all && !q.who.everything)
    throw failure{errc::denied, "only administrators see every group"};
  return read_groups(sql, q.who, {.mine = !q.all});
}

group_details run(soci::session& sql, const find_group& q) {
  auto found = read_groups(sql, q.who, {.mine = !q.who.everything, .id = q.group});
  if (found.empty())
    throw failure{errc::not_found, fmt::format("group {}", q.group)};
  return {std::move(found.front()), read_members(sql, q.group)};
}

group_details run(soci::session& sql, const create_group& q) {
  if (!q.who.may(privilege::modify_group))
    throw failure{errc::denied, "only administrators make groups"};
  check_name("name", q.name);
  check_text("description", q.description);
  const auto level = static_cast<int>(q.level);
  int64_t group = 0;
  sql << R"sql(
    insert into groups (name, description, level)
    values (:name, :description, :level)
    on conflict (name) do nothing
    returning id)sql",
    soci::use(q.name, "name"), soci::use(q.description, "description"),
    soci::use(level, "level"), soci::into(group);
  if (!sql.got_data())
    throw failure{errc::conflict, "there is a group " + q.name + " already"};
  note(sql, q.who,
       {audit_action::create, object_kind::group, {group}, group, {{"level", level}}});
  return run(sql, find_group{q.who, group});
}

group_details run(soci::session& sql, const set_membership& q) {
  auto group = run(sql, find_group{q.who, q.group}).self;
  require_membership_right(q.who, q.group);
  require_joinable(group);
  auto login = login_of(sql, q.account);
  int leader = q.leader;
  sql << R"sql(
    insert into memberships (account_id, group_id, leader)
    values (:account, :group, cast(:leader as integer) <> 0)
    on conflict (account_id, group_id) do update set leader = excluded.leader)sql",
    soci::use(q.account, "account"), soci::use(q.group, "group"),
    soci::use(leader, "leader");
  note(sql, q.who,
       {audit_action::join,
        object_kind::group,
        {q.group},
        q.group,
        {{"account", q.account}, {"login", login}, {"leader", q.leader}}});
  return run(sql, find_group{q.who, q.group});
}

group_details run(soci::session& sql, const remove_membership& q) {
  auto group = run(sql, find_group{q.who, q.group}).self;
  require_membership_right(q.who, q.group);
  require_joinable(group);
  auto login = login_of(sql, q.account);
  int64_t removed = 0;
  sql << R"sql(
    delete from memberships as m
     where m.account_id = :account and m.group_id = :group
       and exists (select
                     from memberships as o
                     join groups as g on g.id = o.group_id and g.name not in ('user', 'system')
                    where o.account_id = :account and o.group_id <> :group)
    returning account_id)sql",
    soci::use(q.account, "account"), soci::use(q.group, "group"), soci::into(removed);
  if (!sql.got_data())
    throw failure{errc::conflict, fmt::format("{} is not in group {}, or in no other",
                                              login, group.name)};
  sql << R"sql(
    update accounts as a
       set default_group_id = (select min(m.group_id)
                                 from memberships as m
                                 join groups as g on g.id = m.group_id
                                                 and g.name not in ('user', 'system')
                                where m.account_id = a.id)
     where a.id = :account and a.default_group_id = :group)sql",
    soci::use(q.account, "account"), soci::use(q.group, "group");
  sql << R"sql(
    update sessions as s set group_id = a.default_group_id
      from accounts as a
     where a.id = s.account_id and s.account_id = :account and s.group_id = :group)sql",
    soci::use(q.account, "account"), soci::use(q.group, "group");
  note(sql, q.who,
       {audit_action::leave,
        object_kind::group,
        {q.group},
        q.group,
        {{"account", q.account}, {"login", login}}});
  return run(sql, find_group{q.who, q.group});
}

} // namespace troupe
