#include "schema/queries/own_sessions.hpp"

#include "schema/queries/audit.hpp"
#include "schema/queries/people.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe {

namespace {

constexpr int64_t day = 86400;

session_entry entry_of(const soci::row& row) {
  session_entry e;
  e.id = int64_of(row, "id");
  e.account = {int64_of(row, "account_id"), text_of(row, "login"),
               text_of(row, "person")};
  e.kind = static_cast<session_kind>(int32_of(row, "kind"));
  e.name = text_of(row, "name");
  e.agent = text_of(row, "agent");
  e.address = text_of(row, "address");
  e.created = text_of(row, "created");
  e.last_seen = text_of(row, "last_seen");
  e.expires = text_of(row, "expires");
  e.sudoer = text_of(row, "sudoer");
  e.scopes = int32_of(row, "scopes");
  return e;
}

/// Sessions that are open. @param id  0 = all of them.
std::vector<session_entry> read_sessions(soci::session& sql, const viewer& who, bool all,
                                         int64_t id) {
  const int everybody = all;
  soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select s.id, s.account_id, a.login, a.name as person, s.kind, s.name, s.agent, s.address,
           rfc3339(s.created) as created, rfc3339(s.last_seen) as last_seen,
           rfc3339(expires(s)) as expires, b.login as sudoer, s.scopes
      from sessions as s
      join accounts as a on a.id = s.account_id
      left join accounts as b on b.id = s.sudoer_id
     where s.closed is null and expires(s) > clock_timestamp()
       and (s.account_id = :account or s.sudoer_id = :account or :everybody <> 0)
       and (s.id = :id or cast(:id as bigint) = 0)
     order by s.created desc, s.id desc)sql",
                                  soci::use(who.account, "account"),
                                  soci::use(everybody, "everybody"), soci::use(id, "id"));
  std::vector<session_entry> found;
  for (const auto& row : rows) {
    found.push_back(entry_of(row));
    found.back().current = found.back().id == who.session;
  }
  return found;
}

/// Only who has given a password opens further sessions.
void require_signed_in(soci::session& sql, const viewer& who, const char* what) {
  int kind = 0;
  sql << "select kind from sessions where id = :id", soci::use(who.session, "id"),
    soci::into(kind);
  if (!sql.got_data() || static_cast<session_kind>(kind) != session_kind::signed_in)
    throw failure{errc::denied, std::string{what} + " takes a sign-in with a password"};
}

bool leads_someone(const viewer& who, const account_details& other) {
  return !other.admin
         && std::any_of(other.groups.begin(), other.groups.end(),
                        [&](auto& g) { return who.leads(g.id); });
}

} // namespace

session_list run(soci::session& sql, const list_sessions& q) {
  if (q.all && !q.who.may(privilege::read_session))
    throw failure{errc::denied, "only administrators see everybody's sessions"};
  return {read_sessions(sql, q.who, q.all, 0)};
}

done run(soci::session& sql, const revoke_session& q) {
  const bool all = q.who.may(privilege::read_session);
  const auto found = read_sessions(sql, q.who, all, q.session);
  if (found.empty() || q.session == 0)
    throw failure{errc::not_found, fmt::format("session {}", q.session)};
  sql << "update sessions set closed = now() where id = :id", soci::use(q.session, "id");
  note(sql, q.who, {audit_action::revoke, object_kind::session, {q.session}});
  return {};
}

session_entry run(soci::session& sql, const make_token& q) {
  check_name("name", q.name);
  if (q.days < 1 || q.days > 3650)
    throw failure{errc::bad_request, "days must be 1 to 3650"};
  if (q.scopes < 1 || q.scopes > all_scopes)
    throw failure{errc::bad_request, "a token needs scopes: read, write or administer"};
  require_signed_in(sql, q.who, "an API token");
  const auto life = static_cast<int32_t>(q.days * day);
  const auto made = run(sql, open_session{.account = q.who.account,
                                          .token_hash = q.token_hash,
                                          .idle_seconds = life,
                                          .life_seconds = life,
                                          .kind = session_kind::token,
                                          .scopes = q.scopes,
                                          .name = q.name});
  note(sql, q.who,
       {audit_action::make_token,
        object_kind::session,
        {made.id},
        0,
        {{"name", q.name}, {"scopes", q.scopes}, {"days", q.days}}});
  return read_sessions(sql, q.who, false, made.id).at(0);
}

session_record run(soci::session& sql, const act_as& q) {
  require_signed_in(sql, q.who, "acting as somebody");
  const auto other = run(sql, find_person{q.who, q.account});
  const bool anybody = q.who.may(privilege::act_as);
  if (!anybody && !leads_someone(q.who, other))
    throw failure{errc::denied, "you may not act as " + other.login};
  const auto made = run(sql, open_session{.account = q.account,
                                          .token_hash = q.token_hash,
                                          .agent = q.agent,
                                          .address = q.address,
                                          .idle_seconds = 3600,
                                          .life_seconds = static_cast<int32_t>(day),
                                          .kind = session_kind::acting_as,
                                          .sudoer = q.who.account,
                                          .in_led_groups = !anybody});
  note(sql, q.who,
       {audit_action::act_as,
        object_kind::account,
        {q.account},
        0,
        {{"login", other.login}, {"session", made.id}}});
  return made;
}

} // namespace troupe
