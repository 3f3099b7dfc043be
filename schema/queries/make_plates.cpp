// Plates made by hand: for images that no file puts into wells.

#include "schema/queries/audit.hpp"
#include "schema/queries/organise.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace troupe {

namespace {

constexpr int32_t longest_side = 100; ///< wells

struct hand_made {
  seen_object plate;
  int rows = 0, columns = 0;
};

/// @throws failure{not_found, denied}; {conflict} for a plate whose file says what it is.
hand_made require_hand_made(soci::session& sql, const viewer& who, int64_t id) {
  hand_made out;
  out.plate = require_right(sql, who, object_type::plate, id, right::edit, "change");
  int of_file = 0;
  sql << R"sql(
    select rows, columns, cast(fileset_id is not null as integer)
      from plates
     where id = :plate
       for update)sql",
    soci::use(id, "plate"), soci::into(out.rows), soci::into(out.columns),
    soci::into(of_file);
  if (of_file)
    throw failure{errc::conflict,
                  fmt::format("plate {} came with a file, which says what is in it", id)};
  return out;
}

void check_fields(soci::session& sql, const fill_plate& q, const hand_made& made) {
  std::set<int64_t> runs;
  soci::rowset<soci::row> rows =
    (sql.prepare << "select id from plate_runs where plate_id = :plate",
     soci::use(q.plate, "plate"));
  for (const auto& row : rows)
    runs.insert(int64_of(row, "id"));
  for (auto& f : q.fields) {
    if (f.row < 0 || f.row >= made.rows || f.column < 0 || f.column >= made.columns)
      throw failure{errc::bad_request,
                    fmt::format("row {}, column {}: the plate has {} x {} wells", f.row,
                                f.column, made.rows, made.columns)};
    if (f.run && !runs.contains(*f.run))
      throw failure{errc::bad_request,
                    fmt::format("run {} is none of plate {}", *f.run, q.plate)};
  }
}

/// Those of the plate's group that the viewer may link; an image may be in several wells.
allowed_objects images_for(soci::session& sql, const fill_plate& q, int64_t group) {
  std::vector<int64_t> images;
  for (auto& f : q.fields)
    images.push_back(f.image);
  auto chosen = allowed(sql, q.who, object_type::image, images, right::link, "link");
  for (auto& o : chosen.allowed)
    if (o.group != group)
      chosen.refused.push_back(
        {o.id, errc::conflict, fmt::format("image {} is in another group", o.id)});
  std::erase_if(chosen.allowed, [&](auto& o) { return o.group != group; });
  return chosen;
}

std::string rows_of(const fill_plate& q, const std::vector<int64_t>& images) {
  auto rows = nlohmann::json::array();
  for (auto& f : q.fields)
    if (std::binary_search(images.begin(), images.end(), f.image))
      rows.push_back({{"row", f.row},
                      {"column", f.column},
                      {"image", f.image},
                      {"run", f.run ? nlohmann::json(*f.run) : nlohmann::json{}},
                      {"position", rows.size()}});
  return rows.dump();
}

void write_fields(soci::session& sql, const seen_object& plate, const std::string& rows) {
  sql << R"sql(
    delete from fields
     where well_id in (select id from wells where plate_id = :plate))sql",
    soci::use(plate.id, "plate");
  sql << R"sql(
    insert into wells (plate_id, group_id, well_row, well_column)
    select distinct cast(:plate as bigint), cast(:group as bigint), x."row", x."column"
      from jsonb_to_recordset(cast(:rows as jsonb)) as x ("row" integer, "column" integer)
        on conflict do nothing)sql",
    soci::use(plate.id, "plate"), soci::use(plate.group, "group"),
    soci::use(rows, "rows");
  sql << R"sql(
    insert into fields (well_id, group_id, run_id, image_id, position)
    select w.id, w.group_id, x.run, x.image,
           row_number() over (partition by w.id order by x.position) - 1
      from (select "row", "column", image, max(run) as run, min(position) as position
              from jsonb_to_recordset(cast(:rows as jsonb))
                     as f ("row" integer, "column" integer, image bigint, run bigint,
                           position integer)
             group by 1, 2, 3) as x
      join wells as w on w.plate_id = :plate and w.well_row = x."row"
                     and w.well_column = x."column")sql",
    soci::use(plate.id, "plate"), soci::use(rows, "rows");
  sql << "update plates set version = version + 1, updated = now() where id = :plate",
    soci::use(plate.id, "plate");
}

} // namespace

json_document run(soci::session& sql, const create_plate& q) {
  if (q.who.author == 0)
    throw failure{errc::denied, "this account changes nothing"};
  check_name("name", q.name);
  check_text("description", q.description);
  if (std::min(q.rows, q.columns) < 1 || std::max(q.rows, q.columns) > longest_side)
    throw failure{errc::bad_request,
                  fmt::format("a plate has 1 to {} rows and columns", longest_side)};
  auto group = q.who.group;
  if (q.screen)
    group =
      require_right(sql, q.who, object_type::screen, *q.screen, right::link, "link into")
        .group;
  int64_t made = 0;
  sql << R"sql(
    insert into plates (owner_id, group_id, name, description, rows, columns)
    values (:owner, :group, :name, :description, :rows, :columns)
    returning id)sql",
    soci::use(q.who.account, "owner"), soci::use(group, "group"),
    soci::use(q.name, "name"), soci::use(q.description, "description"),
    soci::use(q.rows, "rows"), soci::use(q.columns, "columns"), soci::into(made);
  note(sql, q.who,
       {audit_action::create, object_kind::of(object_type::plate), {made}, group});
  if (q.screen)
    run(sql, link_objects{.who = q.who,
                          .parent_type = object_type::screen,
                          .child_type = object_type::plate,
                          .parent = *q.screen,
                          .from = {},
                          .children = {made}});
  return run(sql, find_plate{q.who, made});
}

json_document run(soci::session& sql, const create_run& q) {
  check_name("name", q.name);
  check_text("description", q.description);
  const auto plate = require_hand_made(sql, q.who, q.plate).plate;
  int64_t made = 0;
  sql << R"sql(
    insert into plate_runs (plate_id, position, name, description)
    select :plate, coalesce(max(r.position) + 1, 0), :name, :description
      from plate_runs as r
     where r.plate_id = :plate
    returning id)sql",
    soci::use(q.plate, "plate"), soci::use(q.name, "name"),
    soci::use(q.description, "description"), soci::into(made);
  note(sql, q.who,
       {audit_action::create, object_kind::of(object_type::run), {made}, plate.group});
  return run(sql, find_run{q.who, made});
}

batch_result run(soci::session& sql, const fill_plate& q) {
  if (q.fields.size() > most_objects)
    throw failure{errc::too_large,
                  fmt::format("at most {} fields in one request", most_objects)};
  const auto made = require_hand_made(sql, q.who, q.plate);
  check_fields(sql, q, made);
  auto chosen = images_for(sql, q, made.plate.group);
  batch_result out{chosen.ids(), std::move(chosen.refused)};
  write_fields(sql, made.plate, rows_of(q, out.done));
  note(sql, q.who,
       {audit_action::change,
        object_kind::of(object_type::plate),
        {q.plate},
        made.plate.group,
        {{"images", out.done.size()}}});
  return out;
}

} // namespace troupe
