// Screens and plates.

#include "schema/kept_plans.hpp"
#include "schema/queries/json_list.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/well_rows.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

constexpr std::string_view screen_item = R"sql(json_build_object(
  'id', x.id, 'name', x.name, 'description', x.description, 'attributes', x.attributes,
  'owner', json_build_object('id', a.id, 'login', a.login, 'name', a.name),
  'created', rfc3339(x.created),
  'plates', (select count(*)
               from links as l
               join plates as p on p.id = l.child_id
              where l.parent_id = x.id and l.kind = 3
                and visible(p.owner_id, p.group_id, cast(:who as viewer))),
  'reagents', (select coalesce(json_agg(json_build_object(
                        'id', r.id, 'name', r.name, 'description', r.description,
                        'identifier', r.identifier) order by r.position), '[]')
                 from reagents as r
                where r.screen_id = x.id)))sql";

constexpr std::string_view plate_item = R"sql(json_build_object(
  'id', x.id, 'name', x.name, 'description', x.description, 'attributes', x.attributes,
  'owner', json_build_object('id', a.id, 'login', a.login, 'name', a.name),
  'created', rfc3339(x.created),
  'rows', x.rows, 'columns', x.columns, 'rowNaming', x.row_naming,
  'columnNaming', x.column_naming, 'defaultField', x.default_field,
  'wells', (select count(*) from wells as w where w.plate_id = x.id)))sql";

constexpr const char* plate_query = R"sql(
    select cast(cast({item} as jsonb) || jsonb_build_object(
             'screens', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name)
                                                   order by s.name collate nat, s.id), '[]')
                           from links as l
                           join screens as s on s.id = l.parent_id
                          where l.child_id = x.id and l.kind = 3
                            and visible(s.owner_id, s.group_id, cast(:who as viewer))),
             'runs', (select coalesce(jsonb_agg({run} order by r.position), '[]')
                        from plate_runs as r
                       where r.plate_id = x.id),
             'wells', (select coalesce(jsonb_agg({well} order by w.well_row, w.well_column),
                              '[]')
                         from wells as w
                        where w.plate_id = x.id)) as text)
      from plates as x
      join accounts as a on a.id = x.owner_id
     where x.id = :plate
       and visible(x.owner_id, x.group_id, cast(:who as viewer)))sql";

void require_screen(soci::session& sql, const viewer& viewer, int64_t screen) {
  auto who = to_sql(viewer);
  int seen = 0;
  sql << R"sql(
    select 1
      from screens as s
     where s.id = :screen
       and visible(s.owner_id, s.group_id, cast(:who as viewer)))sql",
    soci::use(screen, "screen"), soci::use(who, "who"), soci::into(seen);
  if (!sql.got_data())
    throw failure{errc::not_found, "screen " + std::to_string(screen)};
}

} // namespace

page<json_item> run(soci::session& sql, const list_screens& q) {
  return list_json(sql,
                   {"screens", screen_item, "x.name",
                    "screens as x join accounts as a on a.id = x.owner_id", "true"},
                   q.who, q.page);
}

page<json_item> run(soci::session& sql, const list_plates& q) {
  json_list which{"plates", plate_item, "x.name",
                  "plates as x join accounts as a on a.id = x.owner_id", "true"};
  if (q.screen) {
    require_screen(sql, q.who, *q.screen);
    which.tables = "links as l join plates as x on x.id = l.child_id "
                   "join accounts as a on a.id = x.owner_id";
    which.condition = "l.parent_id = :parent and l.kind = 3";
    which.parent = *q.screen;
  } else if (q.orphaned) {
    which.condition =
      "not exists (select from links as l where l.child_id = x.id and l.kind = 3)";
  }
  const auto condition = std::string{which.condition} + owned_by("x", q.owner);
  which.condition = condition;
  return list_json(sql, which, q.who, q.page);
}

json_document run(soci::session& sql, const find_plate& q) {
  auto who = to_sql(q.who);
  json_document found;
  sql << kept
      << fmt::format(fmt::runtime(plate_query), fmt::arg("item", plate_item),
                     fmt::arg("well", well_item), fmt::arg("run", run_item)),
    soci::use(q.plate, "plate"), soci::use(who, "who"), soci::into(found.text);
  if (!sql.got_data())
    throw failure{errc::not_found, "plate " + std::to_string(q.plate)};
  return found;
}

} // namespace troupe
