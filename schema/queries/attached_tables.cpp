#include "schema/queries/attached_tables.hpp"

#include "schema/queries/batch.hpp"
#include "schema/queries/rows.hpp"

#include <fmt/format.h>

namespace troupe {

kept_attachment run(soci::session& sql, const find_kept_attachment& q) {
  const auto who = to_sql(q.who);
  kept_attachment found{.id = q.file};
  sql << R"sql(
    select f.name, f.mime, encode(f.sha256, 'hex'), f.bytes
      from attachments as f
     where f.id = :file
       and exists (select from annotations as a
                    where a.attachment_id = f.id
                      and visible(a.owner_id, a.group_id, cast(:who as viewer))))sql",
    soci::use(q.file, "file"), soci::use(who, "who"), soci::into(found.name),
    soci::into(found.mime), soci::into(found.sha256), soci::into(found.bytes);
  if (!sql.got_data())
    throw failure{errc::not_found, fmt::format("file {}", q.file)};
  return found;
}

attached_tables run(soci::session& sql, const list_attached_tables& q) {
  attached_tables found;
  if (seen_objects(sql, q.who, q.type, {q.id}).empty())
    return found;
  const auto who = to_sql(q.who);
  const int kind = static_cast<int>(q.type);
  soci::rowset<soci::row> rows =
    (sql.prepare << R"sql(
    select a.id, f.id as file, f.name, coalesce(n.name, '') as name_space,
           o.name as owner, b.name as added_by,
           cast(floor(extract(epoch from l.created) * 1000) as bigint) as added_ms
      from annotation_links as l
      join annotations as a on a.id = l.child_id
      join attachments as f on f.id = a.attachment_id
      join accounts as o on o.id = a.owner_id
      join accounts as b on b.id = l.owner_id
      left join name_spaces as n on n.id = a.name_space_id
     where l.kind = :kind and l.parent_id = :id
       and (n.name = 'openmicroscopy.org/omero/bulk_annotations'
            or f.mime = 'OMERO.tables')
       and visible(a.owner_id, a.group_id, cast(:who as viewer))
     order by f.id desc, l.created)sql",
     soci::use(kind, "kind"), soci::use(q.id, "id"), soci::use(who, "who"));
  for (const auto& row : rows)
    found.items.push_back({int64_of(row, "id"), int64_of(row, "file"),
                           text_of(row, "name"), text_of(row, "name_space"),
                           text_of(row, "owner"), text_of(row, "added_by"),
                           int64_of(row, "added_ms")});
  return found;
}

} // namespace troupe
