// Annotations of an object and of what belongs to it.

#include "schema/kept_plans.hpp"
#include "schema/queries/annotation_json.hpp"
#include "schema/queries/batch.hpp"
#include "schema/queries/metadata.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

// First what is on the object and its parts, then, step by step, what is on annotations:
// union (not all) ends the walk in circles, `offset` makes it look links up part by part.
// An image may have 100,000 regions, of which few are annotated.
constexpr const char* annotations_query = R"sql(
    with recursive parts as (
      select cast({kind} as integer) as kind, cast(:id as bigint) as id
      union all
      select 9, i.fileset_id from images as i where {kind} = 3 and i.id = :id
      union all
      select 12, c.id from channels as c where {kind} = 3 and c.image_id = :id
      union all
      select 8, r.id
        from rois as r
       where {kind} = 3 and r.image_id = :id
         and r.id in (select l.parent_id from annotation_links as l where l.kind = 8)
         and visible(r.owner_id, r.group_id, cast(:who as viewer))
      union all
      select 13, h.id
        from rois as r
        join shapes as h on h.roi_id = r.id
       where (({kind} = 3 and r.image_id = :id) or ({kind} = 8 and r.id = :id))
         and h.id in (select l.parent_id from annotation_links as l where l.kind = 13)
         and visible(r.owner_id, r.group_id, cast(:who as viewer))
    ), linked (kind, parent_id, id, owner_id, created) as (
      select l.kind, l.parent_id, l.child_id, l.owner_id, l.created
        from parts as o
       cross join lateral (select * from annotation_links as l
                            where l.kind = o.kind and l.parent_id = o.id
                           offset 0) as l
      union
      select l.kind, l.parent_id, l.child_id, l.owner_id, l.created
        from linked
        join annotation_links as l on l.kind = 4 and l.parent_id = linked.id
    ), targets as (
      select t.id, json_agg(json_build_object('kind', {type_names}[t.kind], 'id', t.parent_id)
                            order by t.kind, t.parent_id) as items
        from (select distinct id, kind, parent_id from linked) as t
       group by t.id
    ), acts as (
      select l.id, json_agg(json_build_object(
               'kind', {type_names}[l.kind], 'id', l.parent_id,
               'by', json_build_object('id', p.id, 'login', p.login, 'name', p.name),
               'at', rfc3339(l.created)) order by l.created, l.kind, l.parent_id) as items
        from linked as l
        join accounts as p on p.id = l.owner_id
       group by l.id
    )
    select cast(coalesce(json_agg(json_build_object({annotation_fields},
             'on', targets.items, 'links', acts.items) order by a.id), '[]') as text)
      from targets
      join acts on acts.id = targets.id
      join annotations as a on a.id = targets.id {annotation_joins}
     where visible(a.owner_id, a.group_id, cast(:who as viewer)))sql";

} // namespace

json_document run(soci::session& sql, const list_annotations& q) {
  require_seen(sql, q.who, q.type, q.id);
  const auto who = to_sql(q.who);
  json_document found;
  sql << kept
      << fmt::format(annotations_query, fmt::arg("kind", static_cast<int>(q.type)),
                     fmt::arg("type_names", type_names),
                     fmt::arg("annotation_fields", annotation_fields),
                     fmt::arg("annotation_joins", annotation_joins)),
    soci::use(q.id, "id"), soci::use(who, "who"), soci::into(found.text);
  found.text = R"({"items":)" + found.text + "}";
  return found;
}

attached_file run(soci::session& sql, const find_attachment& q) {
  auto who = to_sql(q.who);
  attached_file found;
  sql << R"sql(
    select f.name, f.mime, encode(f.sha256, 'hex')
      from annotations as a
      join attachments as f on f.id = a.attachment_id
     where a.id = :annotation
       and visible(a.owner_id, a.group_id, cast(:who as viewer)))sql",
    soci::use(q.annotation, "annotation"), soci::use(who, "who"), soci::into(found.name),
    soci::into(found.mime), soci::into(found.sha256);
  if (!sql.got_data())
    throw failure{errc::not_found,
                  "annotation " + std::to_string(q.annotation) + " with a file"};
  return found;
}

} // namespace troupe
