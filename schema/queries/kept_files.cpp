#include "schema/queries/kept_files.hpp"

#include "schema/queries/audit.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

kept_file kept_file_in(const soci::row& row) {
  return {{int64_of(row, "id"), int64_of(row, "owner_id"), int64_of(row, "group_id"),
           int32_of(row, "rights")},
          text_of(row, "name"),
          text_of(row, "description"),
          text_of(row, "sha256"),
          int64_of(row, "bytes"),
          text_of(row, "login"),
          text_of(row, "first_name"),
          text_of(row, "last_name"),
          text_of(row, "group_name"),
          int64_of(row, "seconds")};
}

/// The row of its file. @throws failure{bad_request} when there is none.
int64_t file_row_of(soci::session& sql, int64_t annotation) {
  int64_t id = 0;
  sql << "select attachment_id from annotations"
         " where id = :id and attachment_id is not null",
    soci::use(annotation, "id"), soci::into(id);
  if (!sql.got_data())
    throw failure{errc::bad_request, fmt::format("annotation {} has no file", annotation)};
  return id;
}

} // namespace

kept_files run(soci::session& sql, const list_kept_files& q) {
  const auto who = to_sql(q.who);
  const auto only = q.annotation.value_or(0);
  soci::rowset<soci::row> rows =
    (sql.prepare << R"sql(
    select a.id, a.owner_id, a.group_id,
           rights_on(a.owner_id, a.group_id, cast(:who as viewer)) as rights,
           f.name, a.description, encode(f.sha256, 'hex') as sha256, f.bytes,
           w.login, w.first_name, w.last_name, g.name as group_name,
           cast(floor(extract(epoch from a.created)) as bigint) as seconds
      from name_spaces as n
      join annotations as a on a.name_space_id = n.id
      join attachments as f on f.id = a.attachment_id
      join accounts as w on w.id = a.owner_id
      join groups as g on g.id = a.group_id
     where n.name = :space and (:only = 0 or a.id = :only)
       and visible(a.owner_id, a.group_id, cast(:who as viewer))
     order by a.id desc)sql",
     soci::use(who, "who"), soci::use(q.name_space, "space"), soci::use(only, "only"));
  kept_files out;
  for (const auto& row : rows)
    out.files.push_back(kept_file_in(row));
  return out;
}

done run(soci::session& sql, const replace_file& q) {
  require_right(sql, q.who, object_type::annotation, q.annotation, right::edit, "change");
  check_name("name", q.file.name);
  check_text("mime", q.file.mime, 255);
  check_text("description", q.description);
  const auto old = file_row_of(sql, q.annotation);
  sql << R"sql(
    with fresh as (
      insert into attachments (owner_id, group_id, name, mime, bytes, sha256)
      select a.owner_id, a.group_id, cast(:name as text), cast(:mime as text),
             cast(:bytes as bigint), decode(:sha256, 'hex')
        from annotations as a
       where a.id = :id
      returning id
    )
    update annotations as a
       set attachment_id = fresh.id, description = :description, updated = now(),
           version = a.version + 1
      from fresh
     where a.id = :id)sql",
    soci::use(q.file.name, "name"), soci::use(q.file.mime, "mime"),
    soci::use(q.file.bytes, "bytes"), soci::use(q.file.sha256, "sha256"),
    soci::use(q.annotation, "id"), soci::use(q.description, "description");
  sql << R"sql(
    delete from attachments as f
     where f.id = :old
       and not exists (select from annotations as a where a.attachment_id = f.id))sql",
    soci::use(old, "old");
  note(sql, q.who,
       {audit_action::change,
        object_kind::of(object_type::annotation),
        {q.annotation},
        0,
        {{"file", q.file.name}}});
  return {};
}

} // namespace troupe
