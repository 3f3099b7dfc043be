#include "schema/queries/shares.hpp"

#include "schema/queries/audit.hpp"
#include "schema/queries/batch.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

#include <map>

namespace troupe {

namespace {

bool can_be_shared(object_type type) {
  return type == object_type::project || type == object_type::dataset
         || type == object_type::image || type == object_type::screen
         || type == object_type::plate;
}

void check_share_days(int32_t days) {
  if (days < 1 || days > most_share_days)
    throw failure{errc::bad_request,
                  fmt::format("days must be 1 to {}", most_share_days)};
}

std::map<object_type, std::vector<int64_t>>
shared_by_type(const std::vector<object_id>& objects) {
  if (objects.empty() || objects.size() > most_shared)
    throw failure{errc::bad_request,
                  fmt::format("a share is of 1 to {} objects", most_shared)};
  std::map<object_type, std::vector<int64_t>> out;
  for (auto& o : objects) {
    if (!can_be_shared(o.type))
      throw failure{errc::bad_request,
                    fmt::format("a {} cannot be shared by itself", name_of(o.type))};
    out[o.type].push_back(o.id);
  }
  return out;
}

/// @returns the group that all the objects are in.
int64_t group_of_shared(soci::session& sql, const make_share& q) {
  int64_t group = 0;
  for (auto& [type, ids] : shared_by_type(q.objects)) {
    const auto seen = seen_objects(sql, q.who, type, ids);
    for (auto id : ids) {
      const auto found = std::lower_bound(
        seen.begin(), seen.end(), id, [](auto& o, auto wanted) { return o.id < wanted; });
      if (found == seen.end() || found->id != id)
        throw failure{errc::not_found, fmt::format("{} {}", name_of(type), id)};
      if (group != 0 && group != found->group)
        throw failure{errc::bad_request, "a share is of objects of one group"};
      group = found->group;
    }
  }
  return group;
}

std::string title_of_shared(soci::session& sql, const make_share& q) {
  if (!q.title.empty()) {
    check_name("title", q.title);
    return q.title;
  }
  std::string name;
  sql << fmt::format("select name from {} where id = :id", table_of(q.objects[0].type)),
    soci::use(q.objects[0].id, "id"), soci::into(name);
  return name;
}

int64_t insert_share(soci::session& sql, const make_share& q, int64_t group) {
  const auto title = title_of_shared(sql, q);
  const int download = q.download;
  int64_t id = 0;
  sql << R"sql(
    insert into shares (token_hash, owner_id, group_id, title, secret, download, expires)
    values (decode(:hash, 'hex'), :owner, :group, :title, :secret,
            cast(:download as integer) <> 0, now() + make_interval(days => :days))
    returning id)sql",
    soci::use(q.token_hash, "hash"), soci::use(q.who.account, "owner"),
    soci::use(group, "group"), soci::use(title, "title"), soci::use(q.secret, "secret"),
    soci::use(download, "download"), soci::use(q.days, "days"), soci::into(id);
  auto objects = nlohmann::json::array();
  for (auto& o : q.objects)
    objects.push_back({{"kind", static_cast<int>(o.type)}, {"id", o.id}});
  const auto all = objects.dump();
  sql << R"sql(
    insert into share_objects (share_id, kind, id)
    select distinct cast(:share as bigint), o.kind, o.id
      from json_to_recordset(cast(:objects as json)) as o (kind smallint, id bigint))sql",
    soci::use(id, "share"), soci::use(all, "objects");
  return id;
}

share_entry entry_of_share(const soci::row& row) {
  share_entry e;
  e.id = int64_of(row, "id");
  e.owner = {int64_of(row, "owner_id"), text_of(row, "login"), text_of(row, "person")};
  e.title = text_of(row, "title");
  for (const auto objects = json_of(row, "objects"); auto& o : objects)
    e.objects.push_back({static_cast<object_type>(o.at(0).get<int>()), o.at(1)});
  e.has_password = bool_of(row, "has_password");
  e.download = bool_of(row, "download");
  e.created = text_of(row, "created");
  e.expires = text_of(row, "expires");
  e.last_view = text_of(row, "last_view");
  e.views = int64_of(row, "views");
  return e;
}

/// Those the viewer looks after. @param id  0 = all of them.
std::vector<share_entry> read_shares(soci::session& sql, const viewer& who, bool all,
                                     int64_t id) {
  const int everybody = all && who.everything, leading = all;
  const auto led = array_of(who.led);
  soci::rowset<soci::row> rows =
    (sql.prepare << R"sql(
    select s.id, s.owner_id, a.login, a.name as person, s.title, s.download,
           s.secret <> '' as has_password, s.views, rfc3339(s.created) as created,
           rfc3339(s.expires) as expires, rfc3339(s.last_view) as last_view,
           cast((select json_agg(json_build_array(o.kind, o.id) order by o.kind, o.id)
                   from share_objects as o
                  where o.share_id = s.id) as text) as objects
      from shares as s
      join accounts as a on a.id = s.owner_id
     where (s.owner_id = :account or cast(:everybody as integer) <> 0
            or (cast(:leading as integer) <> 0
                and s.group_id = any(cast(:led as bigint[]))))
       and (s.id = :id or cast(:id as bigint) = 0)
     order by s.id desc)sql",
     soci::use(who.account, "account"), soci::use(everybody, "everybody"),
     soci::use(leading, "leading"), soci::use(led, "led"), soci::use(id, "id"));
  std::vector<share_entry> found;
  for (const auto& row : rows)
    found.push_back(entry_of_share(row));
  return found;
}

share_entry read_share(soci::session& sql, const viewer& who, int64_t id) {
  const auto found = read_shares(sql, who, true, id);
  if (found.empty() || id == 0)
    throw failure{errc::not_found, fmt::format("share {}", id)};
  return found[0];
}

} // namespace

share_entry run(soci::session& sql, const make_share& asked) {
  auto q = asked;
  for (auto id : std::exchange(q.ids, {}))
    q.objects.push_back({q.type, id});
  check_share_days(q.days);
  if (q.who.sudoer != 0)
    throw failure{errc::denied, "who acts as somebody makes no links in their name"};
  if (!is_sha256(q.token_hash))
    throw failure{errc::internal, "a share needs a token hash"};
  const auto group = group_of_shared(sql, q);
  const auto id = insert_share(sql, q, group);
  auto made = read_share(sql, q.who, id);
  auto objects = nlohmann::json::array();
  for (auto& o : made.objects)
    objects.push_back(fmt::format("{}:{}", name_of(o.type), o.id));
  note(sql, q.who,
       {audit_action::share,
        object_kind::share,
        {id},
        group,
        {{"objects", objects},
         {"days", q.days},
         {"download", q.download},
         {"password", !q.secret.empty()}}});
  return made;
}

share_list run(soci::session& sql, const list_shares& q) {
  return {read_shares(sql, q.who, q.all, 0)};
}

share_entry run(soci::session& sql, const extend_share& q) {
  check_share_days(q.days);
  read_share(sql, q.who, q.share);
  sql << "update shares set expires = now() + make_interval(days => :days)"
         " where id = :id",
    soci::use(q.days, "days"), soci::use(q.share, "id");
  note(sql, q.who,
       {audit_action::change, object_kind::share, {q.share}, 0, {{"days", q.days}}});
  return read_share(sql, q.who, q.share);
}

done run(soci::session& sql, const revoke_share& q) {
  read_share(sql, q.who, q.share);
  sql << "delete from shares where id = :id", soci::use(q.share, "id");
  note(sql, q.who, {audit_action::revoke, object_kind::share, {q.share}});
  return {};
}

} // namespace troupe
