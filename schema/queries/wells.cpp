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

json_document run(soci::session& sql, const find_run& q) {
  require_seen(sql, q.who, object_type::run, q.run);
  json_document found;
  sql << fmt::format("select cast({} as text) from plate_runs as r where r.id = :run",
                     run_item),
    soci::use(q.run, "run"), soci::into(found.text);
  return found;
}

} // namespace troupe
