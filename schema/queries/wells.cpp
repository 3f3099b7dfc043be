// Wells and runs, which are parts of their plate and have its rights.

#include "schema/queries/batch.hpp"
#include "schema/queries/json_list.hpp"
#include "schema/queries/well_rows.hpp"

#include <fmt/format.h>

namespace troupe {

page<json_item> run(soci::session& sql, const list_wells& q) {
  require_seen(sql, q.who, object_type::plate, q.plate);
  return list_json(sql,
                   {.name = "wells",
                    .item = well_item,
                    .sort = "(w.well_row || ' ' || w.well_column)",
                    .tables = "wells as w join plates as p on p.id = w.plate_id"
                              " cross join lateral"
                              " (select w.id, p.owner_id, p.group_id) as x",
                    .condition = "w.plate_id = :parent",
                    .parent = q.plate},
                   q.who, q.page);
}

json_document run(soci::session& sql, const find_well& q) {
  require_seen(sql, q.who, object_type::well, q.well);
  const auto who = to_sql(q.who);
  json_document found;
  sql << fmt::format("select cast({} as text) from wells as w where w.id = :well",
                     well_item),
    soci::use(who, "who"), soci::use(q.well, "well"), soci::into(found.text);
  return found;
}

field_of_view run(soci::session& sql, const find_field& q) {
  require_seen(sql, q.who, object_type::plate, q.plate);
  const auto who = to_sql(q.who);
  field_of_view found;
  sql << R"sql(
    select f.image_id
      from wells as w
      join fields as f on f.well_id = w.id
      join images as i on i.id = f.image_id
     where w.plate_id = :plate and w.well_row = :row and w.well_column = :column
       and visible(i.owner_id, i.group_id, cast(:who as viewer))
     order by f.position
    offset :field
     limit 1)sql",
    soci::use(q.plate, "plate"), soci::use(q.row, "row"), soci::use(q.column, "column"),
    soci::use(who, "who"), soci::use(q.field, "field"), soci::into(found.image);
  if (!sql.got_data())
    throw failure{errc::not_found,
                  fmt::format("plate {} has no field {} in row {}, column {}", q.plate,
                              q.field, q.row, q.column)};
  return found;
}

json_document run(soci::session& sql, const find_run& q) {
  require_seen(sql, q.who, object_type::run, q.run);
  json_document found;
  sql << fmt::format("select cast({} as text) from plate_runs as r where r.id = :run",
                     run_item),
    soci::use(q.run, "run"), soci::into(found.text);
  return found;
}

} // namespace troupe
