// Sessions as PostgreSQL remembers them.

#include "schema/queries/accounts.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

namespace troupe {

namespace {

session_record session_of(const soci::row& row) {
  session_record found;
  found.id = int64_of(row, "id");
  found.account = {int64_of(row, "account_id"), text_of(row, "login"),
                   text_of(row, "name")};
  found.who = viewer_in(row, "who", int64_of(row, "group_id"));
  if (auto led = text_of(row, "led_groups"); !led.empty())
    found.who = within(found.who, ids_of(row, "led_groups"));
  found.who.session = found.id;
  found.who.sudoer = int64_of(row, "sudoer_id");
  found.group_name = text_of(row, "group_name");
  found.expires = int64_of(row, "expires");
  found.kind = static_cast<session_kind>(int32_of(row, "kind"));
  found.scopes = int32_of(row, "scopes");
  found.sudoer = text_of(row, "sudoer");
  return found;
}

/// With the rights of now: who acts as somebody has only what both have.
constexpr const char* sessions_of_the_active = R"sql(
      select s.id, s.account_id, s.group_id, g.name as group_name, a.login, a.name,
             s.kind, s.scopes, s.sudoer_id, b.login as sudoer,
             cast(to_json(s.led_groups) as text) as led_groups,
             cast(to_json(viewer_of(s.account_id,
                                    case when s.led_groups is null
                                         then coalesce(b.privileges, 32767)
                                         else 0 end)) as text) as who,
             cast(floor(extract(epoch from expires(s))) as bigint) as expires
        from sessions as s
        join accounts as a on a.id = s.account_id and a.active
        join groups as g on g.id = s.group_id
        left join accounts as b on b.id = s.sudoer_id)sql";

} // namespace

session_record run(soci::session& sql, const find_session& q) {
  soci::row row;
  if (is_sha256(q.token_hash))
    sql << std::string{sessions_of_the_active} + R"sql(
       where s.token_hash = decode(:hash, 'hex')
         and s.closed is null
         and expires(s) > clock_timestamp())sql",
      soci::use(q.token_hash, "hash"), soci::into(row);
  if (row.size() == 0 || !sql.got_data())
    throw failure{errc::signed_out, "the session is unknown or has expired"};
  return session_of(row);
}

session_record run(soci::session& sql, const find_visitor& q) {
  soci::row row;
  sql << R"sql(
    select a.id, a.login, a.name, a.default_group_id as group_id, g.name as group_name,
           cast(to_json(viewer_of(a.id, 0)) as text) as who,
           cast(floor(extract(epoch from now() + interval '1 hour')) as bigint) as expires
      from accounts as a
      join groups as g on g.id = a.default_group_id
     where a.login = :login and a.active and not a.admin)sql",
    soci::use(q.login, "login"), soci::into(row);
  if (!sql.got_data())
    throw failure{errc::signed_out, "not signed in"};
  session_record found;
  found.account = {int64_of(row, "id"), text_of(row, "login"), text_of(row, "name")};
  found.who = viewer_in(row, "who", int64_of(row, "group_id"));
  found.who.author = 0;
  for (auto* groups :
       {&found.who.edit, &found.who.annotate, &found.who.link, &found.who.led})
    groups->clear();
  found.group_name = text_of(row, "group_name");
  found.expires = int64_of(row, "expires");
  found.kind = session_kind::visitor;
  found.scopes = static_cast<int32_t>(scope::read);
  return found;
}

viewer asker_of(soci::session& sql, int64_t session) {
  soci::row row;
  sql << std::string{sessions_of_the_active} + R"sql(
       where s.id = :session and (b.id is null or b.active)
         and (s.kind <> 1 or s.closed is null))sql",
    soci::use(session, "session"), soci::into(row);
  if (!sql.got_data())
    throw failure{errc::denied, "the account is switched off, or its token revoked"};
  return session_of(row).who;
}

session_record run(soci::session& sql, const open_session& q) {
  if (!is_sha256(q.token_hash) || q.idle_seconds <= 0 || q.life_seconds <= 0)
    throw failure{errc::internal, "a session needs a token hash and limits"};
  auto agent = clean_text(q.agent, 255), address = clean_text(q.address, 64);
  const int kind = static_cast<int>(q.kind), led = q.in_led_groups;
  int64_t session = 0;
  sql << R"sql(
    with swept as (
      delete from sessions as s
       where s.account_id = :account
         and least(s.closed, expires(s)) < now() - interval '30 days'
    )
    insert into sessions (token_hash, account_id, group_id, idle_seconds, life_seconds, agent,
                          address, kind, scopes, name, sudoer_id, led_groups)
    select decode(:hash, 'hex'), a.id, a.default_group_id, :idle, :life, :agent, :address,
           :kind, :scopes, :name, nullif(:sudoer, 0),
           case when :led <> 0
                then array(select m.group_id
                             from memberships as m
                             join memberships as o on o.group_id = m.group_id
                                                  and o.account_id = a.id
                            where m.account_id = :sudoer and m.leader
                            order by m.group_id) end
      from accounts as a
     where a.id = :account and a.active
    returning id)sql",
    soci::use(q.account, "account"), soci::use(q.token_hash, "hash"),
    soci::use(q.idle_seconds, "idle"), soci::use(q.life_seconds, "life"),
    soci::use(agent, "agent"), soci::use(address, "address"), soci::use(kind, "kind"),
    soci::use(q.scopes, "scopes"), soci::use(q.name, "name"),
    soci::use(q.sudoer, "sudoer"), soci::use(led, "led"), soci::into(session);
  if (!sql.got_data())
    throw failure{errc::not_found, "account " + std::to_string(q.account)};
  return run(sql, find_session{q.token_hash});
}

done run(soci::session& sql, const touch_sessions& q) {
  auto ids = array_of(q.sessions);
  sql << R"sql(
    update sessions as s set last_seen = clock_timestamp()
     where s.id = any(cast(:ids as bigint[]))
       and s.closed is null
       and expires(s) > clock_timestamp())sql",
    soci::use(ids, "ids");
  return {};
}

done run(soci::session& sql, const close_session& q) {
  if (is_sha256(q.token_hash))
    sql << R"sql(
      update sessions set closed = clock_timestamp()
       where token_hash = decode(:hash, 'hex') and closed is null)sql",
      soci::use(q.token_hash, "hash");
  return {};
}

} // namespace troupe
