// The end of deletions: their rows go, their files are doomed.

#include "schema/queries/audit.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/trash.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

// Files read in place are not ours to remove. What several filesets or attachments share
// stays while one of them is left, be it in another trash.
constexpr const char* doom_originals = R"sql(
    insert into doomed_files (path)
    select s.content ->> 'prefix' || '/' || (f.content ->> 'name')
      from trash_rows as f
      join trash_rows as s
        on s.trash_id = f.trash_id and s.table_name = 'filesets' and s.pointer is null
       and s.content -> 'id' = f.content -> 'fileset_id'
     where f.trash_id = any(cast(:trash as bigint[])) and f.table_name = 'files'
       and s.content ->> 'repo_id' = '1'
       and not exists (select from filesets as x
                         join files as y on y.fileset_id = x.id
                        where x.repo_id = 1 and x.prefix = s.content ->> 'prefix'
                          and y.name = f.content ->> 'name'))sql";
constexpr const char* doom_attachments = R"sql(
    insert into doomed_files (path, sha256)
    select 'originals/attachments/' || substr(x.hex, 1, 2) || '/' || substr(x.hex, 3, 2)
             || '/' || x.hex,
           decode(x.hex, 'hex')
      from (select distinct substr(t.content ->> 'sha256', 3) as hex
              from trash_rows as t
             where t.trash_id = any(cast(:trash as bigint[]))
               and t.table_name = 'attachments') as x
     where not exists (select from attachments as a where a.sha256 = decode(x.hex, 'hex'))
       and not exists (select from trash_rows as o
                        where o.table_name = 'attachments'
                          and o.content ->> 'sha256' = '\x' || x.hex
                          and o.trash_id <> all(cast(:trash as bigint[]))))sql";
constexpr const char* doom_derived = R"sql(
    insert into doomed_files (path)
    select 'cache/derived/' || left(x.digits, -6) || '/' || left(right(x.digits, 6), 3)
             || '/' || x.digits
      from (select lpad(t.content ->> 'id', greatest(9, length(t.content ->> 'id')), '0')
                     as digits
              from trash_rows as t
             where t.trash_id = any(cast(:trash as bigint[])) and t.table_name = 'images')
             as x)sql";

void purge(soci::session& sql, const std::vector<int64_t>& which) {
  const auto trash = array_of(which);
  for (auto statement : {doom_originals, doom_attachments, doom_derived})
    sql << statement, soci::use(trash, "trash");
  sql << "delete from trash where id = any(cast(:trash as bigint[]))",
    soci::use(trash, "trash");
}

/// Of what was deleted as a whole, not of each row: those had theirs.
void note_purged(soci::session& sql, const viewer& who,
                 const std::vector<int64_t>& trash) {
  note(sql, who, {audit_action::purged, object_kind::trash, trash});
}

} // namespace

done run(soci::session& sql, const purge_trash& q) {
  const auto who = to_sql(q.who);
  int allowed = 0;
  sql << R"sql(
    select cast(may_purge(t, cast(:who as viewer)) as integer)
      from trash as t
     where t.id = :trash and may_restore(t, cast(:who as viewer))
       for update)sql",
    soci::use(q.trash, "trash"), soci::use(who, "who"), soci::into(allowed);
  if (!sql.got_data())
    throw failure{errc::not_found, fmt::format("trash {}", q.trash)};
  if (q.who.author == 0)
    throw failure{errc::denied, "this account changes nothing"};
  if (!allowed)
    throw failure{errc::denied,
                  fmt::format("trash {} holds things of other people, who may want them "
                              "back",
                              q.trash)};
  purge(sql, {q.trash});
  note_purged(sql, q.who, {q.trash});
  return {};
}

done run(soci::session& sql, const purge_expired&) {
  std::vector<int64_t> which;
  {
    soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select id from trash where purge_after <= now() order by purge_after limit 100
       for update)sql");
    for (const auto& row : rows)
      which.push_back(int64_of(row, "id"));
  }
  if (which.empty())
    return {};
  purge(sql, which);
  note_purged(sql, the_server(), which);
  return {};
}

doomed_files run(soci::session& sql, const list_doomed_files& q) {
  sql << R"sql(
    delete from doomed_files as d
     using attachments as a
     where d.sha256 is not null and a.sha256 = d.sha256)sql";
  doomed_files out;
  soci::rowset<soci::row> rows =
    (sql.prepare << "select id, path from doomed_files order by id limit :limit",
     soci::use(q.limit, "limit"));
  for (const auto& row : rows)
    out.files.push_back({int64_of(row, "id"), text_of(row, "path")});
  return out;
}

done run(soci::session& sql, const forget_doomed_files& q) {
  const auto ids = array_of(q.ids);
  sql << "delete from doomed_files where id = any(cast(:ids as bigint[]))",
    soci::use(ids, "ids");
  return {};
}

} // namespace troupe
