#include "schema/queries/reset_links.hpp"

#include "schema/queries/audit.hpp"
#include "schema/queries/person_rows.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

namespace troupe {

namespace {

[[noreturn]] void refuse_link() {
  throw failure{errc::signed_out, "the link is unknown, used or has expired"};
}

reset_link link_of(const soci::row& row) {
  return {int64_of(row, "account_id"), text_of(row, "login"), text_of(row, "expires")};
}

} // namespace

reset_link run(soci::session& sql, const make_reset_link& q) {
  const auto person = run(sql, find_person{q.who, q.account});
  require_power_over(q.who, person);
  if (!person.active)
    throw failure{errc::conflict, person.login + " is switched off"};
  if (!is_sha256(q.token_hash) || q.hours <= 0)
    throw failure{errc::internal, "a link needs a token hash and hours"};
  soci::row row;
  sql << R"sql(
    insert into reset_links as l (account_id, token_hash, expires)
    values (:account, decode(:hash, 'hex'), now() + make_interval(hours => :hours))
    on conflict (account_id) do update
       set token_hash = excluded.token_hash, expires = excluded.expires
    returning l.account_id, '' as login, rfc3339(l.expires) as expires)sql",
    soci::use(q.account, "account"), soci::use(q.token_hash, "hash"),
    soci::use(q.hours, "hours"), soci::into(row);
  note(sql, q.who, {audit_action::make_reset_link, object_kind::account, {q.account}});
  auto made = link_of(row);
  made.login = person.login;
  return made;
}

reset_link run(soci::session& sql, const find_reset_link& q) {
  soci::row row;
  if (is_sha256(q.token_hash))
    sql << R"sql(
      select l.account_id, a.login, rfc3339(l.expires) as expires
        from reset_links as l
        join accounts as a on a.id = l.account_id and a.active
       where l.token_hash = decode(:hash, 'hex') and l.expires > clock_timestamp())sql",
      soci::use(q.token_hash, "hash"), soci::into(row);
  if (row.size() == 0 || !sql.got_data())
    refuse_link();
  return link_of(row);
}

done run(soci::session& sql, const use_reset_link& q) {
  const auto link = run(sql, find_reset_link{q.token_hash});
  return run(sql, set_secret{link.login, q.secret});
}

} // namespace troupe
