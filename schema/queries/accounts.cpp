// Accounts, and the throttle of wrong passwords.

#include "schema/queries/accounts.hpp"

#include "schema/queries/audit.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

namespace troupe {

namespace {

account_record account_of(const soci::row& row) {
  account_record found;
  found.id = int64_of(row, "id");
  found.login = text_of(row, "login");
  found.name = text_of(row, "name");
  found.active = bool_of(row, "active");
  found.admin = bool_of(row, "admin");
  return found;
}

// What cannot be a login shares one throttle, so that strangers cannot fill the table.
std::string throttled_login(const std::string& login) {
  return is_login(login) ? login : "";
}

void check_secret(const std::string& secret) {
  check_text("secret", secret, 255);
}

} // namespace

account_record run(soci::session& sql, const find_account& q) {
  check_text("address", q.address, 64);
  auto login = throttled_login(q.login);
  soci::row row;
  sql << R"sql(
    select a.id, a.login, a.name, a.secret, a.active, a.admin,
           cast(ceil(greatest(extract(epoch from f.blocked_until - clock_timestamp()), 0))
                as integer) as blocked
      from (select cast(:login as text) as login) as asked
      left join accounts as a on a.login = asked.login
      left join sign_in_failures as f on f.login = asked.login and f.address = :address)sql",
    soci::use(login, "login"), soci::use(q.address, "address"), soci::into(row);
  auto found = account_of(row);
  found.secret = text_of(row, "secret");
  found.blocked_seconds = int32_of(row, "blocked");
  return found;
}

done run(soci::session& sql, const note_sign_in& q) {
  check_text("address", q.address, 64);
  auto login = throttled_login(q.login);
  if (q.succeeded) {
    sql << "delete from sign_in_failures where login = :login and address = :address",
      soci::use(login, "login"), soci::use(q.address, "address");
    return {};
  }
  // The third failure blocks for 2 s, each further one twice as long, at most 15 min.
  // A day without failures forgets.
  sql << R"sql(
    with forgotten as (
      delete from sign_in_failures
       where failed < clock_timestamp() - interval '1 day'
         and (login, address) <> (:login, :address)
    )
    insert into sign_in_failures as f (login, address, failures, failed, blocked_until)
    values (:login, :address, 1, clock_timestamp(), clock_timestamp())
    on conflict (login, address) do update
       set failures = case when f.failed < excluded.failed - interval '1 day' then 1
                           else least(f.failures + 1, 1000) end,
           failed = excluded.failed,
           blocked_until = excluded.failed
             + case when f.failures < 2 or f.failed < excluded.failed - interval '1 day'
                    then interval '0'
                    else least(interval '15 minutes',
                               interval '2 seconds' * power(2, least(f.failures - 2, 20)))
               end)sql",
    soci::use(login, "login"), soci::use(q.address, "address");
  return {};
}

person run(soci::session& sql, const create_account& q) {
  if (!is_login(q.login))
    throw failure{errc::bad_request, "login must be 1 to 64 letters, digits or . _ @ -"};
  check_text("firstName", q.first_name, 255);
  check_text("lastName", q.last_name, 255);
  check_text("email", q.email, 255);
  check_name("group", q.group);
  check_secret(q.secret);
  int admin = q.admin;
  person made;
  sql << R"sql(
    with made as (
      insert into accounts (login, first_name, last_name, email, secret, admin, default_group_id)
      select :login, :first_name, :last_name, :email, :secret, cast(:admin as integer) <> 0, g.id
        from groups as g
       where g.name = :group
      on conflict (login) do nothing
      returning id, login, name, default_group_id
    ), joined as (
      insert into memberships (account_id, group_id)
      select made.id, g.id
        from made
        join groups as g on g.id = made.default_group_id or g.name = 'user'
    ), noted as (
      insert into audits (action, kind, object_id, group_id)
      select :action, :kind, id, default_group_id
        from made
    )
    select id, login, name
      from made)sql",
    soci::use(q.login, "login"), soci::use(q.first_name, "first_name"),
    soci::use(q.last_name, "last_name"), soci::use(q.email, "email"),
    soci::use(q.secret, "secret"), soci::use(admin, "admin"), soci::use(q.group, "group"),
    soci::use(audit_action::create, "action"), soci::use(object_kind::account, "kind"),
    soci::into(made.id), soci::into(made.login), soci::into(made.name);
  if (!sql.got_data()) {
    int taken = 0;
    sql << "select 1 from accounts where login = :login", soci::use(q.login, "login"),
      soci::into(taken);
    if (sql.got_data())
      throw failure{errc::conflict, "there is an account " + q.login + " already"};
    throw failure{errc::not_found, "group " + q.group};
  }
  return made;
}

done run(soci::session& sql, const set_secret& q) {
  check_secret(q.secret);
  int64_t account = 0;
  if (is_login(q.login))
    sql << R"sql(
      with changed as (
        update accounts set secret = :secret, secret_changed = now()
         where login = :login
        returning id, login
      ), forgiven as (
        delete from sign_in_failures as f
         using changed
         where f.login = changed.login
      ), unlinked as (
        delete from reset_links as l
         using changed
         where l.account_id = changed.id
      ), closed as (
        update sessions as s set closed = now()
          from changed
         where s.account_id = changed.id and s.closed is null
      ), noted as (
        insert into audits (action, kind, object_id)
        select :action, :kind, id
          from changed
      )
      select id
        from changed)sql",
      soci::use(q.secret, "secret"), soci::use(q.login, "login"),
      soci::use(audit_action::change_secret, "action"),
      soci::use(object_kind::account, "kind"), soci::into(account);
  if (account == 0)
    throw failure{errc::not_found, "account " + clean_text(q.login, 64)};
  return {};
}

std::vector<account_record> run(soci::session& sql, const list_accounts&) {
  soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select id, login, name, active, admin
      from accounts
     order by login)sql");
  std::vector<account_record> found;
  for (const auto& row : rows)
    found.push_back(account_of(row));
  return found;
}

} // namespace troupe
