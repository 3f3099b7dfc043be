// Who comes by a share, and what they then see.

#include "schema/password.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/shares.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

namespace troupe {

namespace {

[[noreturn]] void refuse_share() {
  throw failure{errc::not_found, "the share is unknown, revoked or has expired"};
}

/// The owner's eyes, for this share only and without their hands.
viewer eyes_of_share(const soci::row& row) {
  auto who = viewer_in(row, "who", int64_of(row, "group_id"));
  who.author = 0;
  for (auto* groups : {&who.edit, &who.annotate, &who.link, &who.led})
    groups->clear();
  try {
    who = within_group(who, int64_of(row, "group_id"));
  } catch (const failure&) { // the owner sees it no more
    refuse_share();
  }
  who.share = int64_of(row, "id");
  who.takes_files = bool_of(row, "download");
  return who;
}

} // namespace

std::string share_proof(const std::string& token_hash, const std::string& secret) {
  return secret.empty() ? "" : hash_token("share " + token_hash + ' ' + secret);
}

session_record run(soci::session& sql, const find_share& q) {
  soci::row row;
  if (is_sha256(q.token_hash))
    sql << R"sql(
      select s.id, s.owner_id, a.login, a.name, s.group_id, g.name as group_name, s.title,
             s.secret, s.download, cast(to_json(viewer_of(a.id, 0)) as text) as who,
             cast(floor(extract(epoch from s.expires)) as bigint) as expires
        from shares as s
        join accounts as a on a.id = s.owner_id and a.active
        join groups as g on g.id = s.group_id
       where s.token_hash = decode(:hash, 'hex') and s.expires > clock_timestamp())sql",
      soci::use(q.token_hash, "hash"), soci::into(row);
  if (row.size() == 0 || !sql.got_data())
    refuse_share();
  if (q.proof != share_proof(q.token_hash, text_of(row, "secret")))
    throw failure{errc::signed_out, "this share asks for its password"};
  session_record found;
  found.account = {int64_of(row, "owner_id"), text_of(row, "login"),
                   text_of(row, "name")};
  found.who = eyes_of_share(row);
  found.group_name = text_of(row, "group_name");
  found.expires = int64_of(row, "expires");
  found.kind = session_kind::share;
  found.scopes = static_cast<int32_t>(scope::read);
  found.title = text_of(row, "title");
  return found;
}

share_secret run(soci::session& sql, const find_share_secret& q) {
  soci::row row;
  if (is_sha256(q.token_hash))
    sql << R"sql(
      select s.id, s.secret
        from shares as s
        join accounts as a on a.id = s.owner_id and a.active
       where s.token_hash = decode(:hash, 'hex') and s.expires > clock_timestamp())sql",
      soci::use(q.token_hash, "hash"), soci::into(row);
  if (row.size() == 0 || !sql.got_data())
    refuse_share();
  return {int64_of(row, "id"), text_of(row, "secret")};
}

done run(soci::session& sql, const note_share_view& q) {
  sql << "update shares set views = views + 1, last_view = now() where id = :id",
    soci::use(q.share, "id");
  return {};
}

done run(soci::session& sql, const forget_shares&) {
  sql << "delete from shares where expires < now() - interval '7 days'";
  return {};
}

void look_through_share(soci::session& sql, int64_t share) {
  const auto id = std::to_string(share);
  sql << "select set_config('troupe.share', :share, true),"
         " set_config('search_path', 'shared, public', true),"
         " set_config('transaction_read_only', 'on', true)",
    soci::use(id, "share");
}

} // namespace troupe
