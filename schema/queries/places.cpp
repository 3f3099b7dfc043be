// "Where is this?": every way from the top to an object.

#include "schema/kept_plans.hpp"
#include "schema/queries/organise.hpp"

namespace troupe {

namespace {

// Walks up from the object. A step without parents ends a way; what the viewer cannot see
// is no parent. Folders may be deep, but not without end.
constexpr const char* object_places_query = R"sql(
    with recursive ways (kind, id, way, ended) as (
      select cast(:kind as integer), cast(:id as bigint), cast('[]' as jsonb), false
      union all
      select p.kind, p.id,
             case when p.id is null then w.way
                  else jsonb_build_array(jsonb_build_object('type', p.type, 'id', p.id,
                                                            'name', p.name)) || w.way end,
             p.id is null
        from ways as w
        left join lateral (
          select 1 as kind, 'project' as type, x.id, x.name, x.owner_id, x.group_id
            from links as l join projects as x on x.id = l.parent_id
           where w.kind = 2 and l.child_id = w.id and l.kind = 1
          union all
          select 2, 'dataset', x.id, x.name, x.owner_id, x.group_id
            from links as l join datasets as x on x.id = l.parent_id
           where w.kind = 3 and l.child_id = w.id and l.kind = 2
          union all
          select 5, 'screen', x.id, x.name, x.owner_id, x.group_id
            from links as l join screens as x on x.id = l.parent_id
           where w.kind = 6 and l.child_id = w.id and l.kind = 3
          union all
          select 7, 'folder', x.id, x.name, x.owner_id, x.group_id
            from links as l join folders as x on x.id = l.parent_id
           where l.child_id = w.id
             and ((w.kind = 3 and l.kind = 4) or (w.kind = 8 and l.kind = 5))
          union all
          select 7, 'folder', x.id, x.name, x.owner_id, x.group_id
            from folders as f join folders as x on x.id = f.parent_id
           where w.kind = 7 and f.id = w.id
          union all
          select 10, 'well', x.id, well_name(x.well_row, x.well_column), p.owner_id,
                 p.group_id
            from fields as f
            join wells as x on x.id = f.well_id
            join plates as p on p.id = x.plate_id
           where w.kind = 3 and f.image_id = w.id
          union all
          select 6, 'plate', x.id, x.name, x.owner_id, x.group_id
            from wells as c join plates as x on x.id = c.plate_id
           where w.kind = 10 and c.id = w.id
          union all
          select 6, 'plate', x.id, x.name, x.owner_id, x.group_id
            from plate_runs as c join plates as x on x.id = c.plate_id
           where w.kind = 11 and c.id = w.id
          union all
          select 3, 'image', x.id, x.name, x.owner_id, x.group_id
            from rois as c join images as x on x.id = c.image_id
           where w.kind = 8 and c.id = w.id
        ) as p on visible(p.owner_id, p.group_id, cast(:who as viewer))
       where not w.ended and jsonb_array_length(w.way) < 64
    )
    select cast(json_build_object('places', coalesce(json_agg(way order by way), '[]'))
                as text)
      from ways
     where ended and way <> '[]')sql";

} // namespace

json_document run(soci::session& sql, const find_places& q) {
  require_seen(sql, q.who, q.type, q.id);
  const auto who = to_sql(q.who);
  const int kind = static_cast<int>(q.type);
  json_document found;
  sql << kept << object_places_query, soci::use(kind, "kind"), soci::use(q.id, "id"),
    soci::use(who, "who"), soci::into(found.text);
  return found;
}

} // namespace troupe
