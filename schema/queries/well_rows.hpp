// Wells and runs of plates as JSON, alone and as parts of their plate.

#pragma once

#include <string_view>

namespace troupe {

/// Of a row `w` of wells, for :who.
inline constexpr std::string_view well_item = R"sql(jsonb_build_object(
  'id', w.id, 'plate', w.plate_id, 'name', well_name(w.well_row, w.well_column),
  'row', w.well_row, 'column', w.well_column, 'attributes', w.attributes,
  'reagents', (select coalesce(jsonb_agg(g.reagent_id order by g.reagent_id), '[]')
                 from well_reagents as g
                where g.well_id = w.id),
  'fields', (select coalesce(jsonb_agg(jsonb_build_object(
                      'image', f.image_id, 'run', f.run_id,
                      'x', case when f.x is not null then
                             jsonb_build_object('value', f.x, 'unit', f.x_unit) end,
                      'y', case when f.y is not null then
                             jsonb_build_object('value', f.y, 'unit', f.y_unit) end,
                      'taken', rfc3339(f.taken),
                      'thumbnail', '/api/v1/images/' || i.id || '/thumbnail?v=' || i.version)
                      order by f.position), '[]')
               from fields as f
               join images as i on i.id = f.image_id
              where f.well_id = w.id
                and visible(i.owner_id, i.group_id, cast(:who as viewer)))))sql";

/// Of a row `r` of plate_runs.
inline constexpr std::string_view run_item = R"sql(jsonb_build_object(
  'id', r.id, 'plate', r.plate_id, 'name', r.name, 'description', r.description,
  'started', rfc3339(r.started), 'ended', rfc3339(r.ended),
  'mostFields', r.most_fields))sql";

} // namespace troupe
