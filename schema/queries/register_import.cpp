// The transaction that turns an import into images.

#include "schema/queries/audit.hpp"
#include "schema/queries/import_rows.hpp"
#include "schema/queries/imports.hpp"
#include "schema/queries/register_metadata.hpp"
#include "schema/queries/registration_rows.hpp"
#include "schema/queries/repos.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

constexpr int measuring = static_cast<int>(image_state::measuring),
              ended = static_cast<int>(import_state::done);

// Every statement takes the rows as :rows and the import as :import. What its rows
// belong to is found by natural keys, so no id comes back to this program in between.
struct insertion {
  nlohmann::json (*rows)(const registration&);
  const char* statement;
};

const insertion insertions[] = {
  {fileset_rows, R"sql(
    insert into filesets (owner_id, group_id, repo_id, prefix, format, warnings, import_id,
                          import_file)
    select i.owner_id, i.group_id, case when i.in_place then cast(:external as bigint) else :managed end,
           x.prefix, x.format, x.warnings, i.id, x.main
      from imports as i,
           json_to_recordset(cast(:rows as json))
             as x (main integer, prefix text, format text, warnings jsonb)
     where i.id = :import)sql"},
  {file_rows, R"sql(
    insert into files (fileset_id, position, name, client_path, bytes, sha256, modified_ns)
    select s.id, x.position, x.name, x.client_path, x.bytes, decode(x.sha256, 'hex'),
           x.modified_ns
      from json_to_recordset(cast(:rows as json))
             as x (main integer, position integer, name text, client_path text, bytes bigint,
                   sha256 text, modified_ns bigint)
      join filesets as s on s.import_id = :import and s.import_file = x.main)sql"},
  {image_rows, R"sql(
    insert into images (owner_id, group_id, fileset_id, series, name, description, acquired,
                        size_x, size_y, size_z, size_c, size_t, pixel_type, significant_bits,
                        rgb, dimension_order, physical_x, physical_x_unit, physical_y,
                        physical_y_unit, physical_z, physical_z_unit, time_increment,
                        time_increment_unit, levels, tile, state)
    select s.owner_id, s.group_id, s.id, x.series, x.name, x.description,
           timestamp_or_null(x.acquired), x.size_x, x.size_y, x.size_z, x.size_c, x.size_t,
           x.pixel_type, x.significant_bits, x.rgb, x.dimension_order, x.physical_x,
           x.physical_x_unit, x.physical_y, x.physical_y_unit, x.physical_z,
           x.physical_z_unit, x.time_increment, x.time_increment_unit,
           cast(x.levels as integer[]), cast(x.tile as integer[]), x.state
      from json_to_recordset(cast(:rows as json))
             as x (main integer, series integer, name text, description text, acquired text,
                   size_x integer, size_y integer, size_z integer, size_c integer,
                   size_t integer, pixel_type smallint, significant_bits smallint,
                   rgb boolean, dimension_order text,
                   physical_x double precision, physical_x_unit text,
                   physical_y double precision, physical_y_unit text,
                   physical_z double precision, physical_z_unit text,
                   time_increment double precision, time_increment_unit text,
                   levels text, tile text, state smallint)
      join filesets as s on s.import_id = :import and s.import_file = x.main
     order by x.main, x.series)sql"},
  {channel_rows, R"sql(
    insert into channels (image_id, position, name, color, emission, excitation, min, max,
                          histogram)
    select i.id, x.position, x.name, x.color, x.emission, x.excitation, x.min, x.max,
           x.histogram
      from json_to_recordset(cast(:rows as json))
             as x (main integer, series integer, position integer, name text, color bigint,
                   emission double precision, excitation double precision,
                   min double precision, max double precision, histogram jsonb)
      join filesets as s on s.import_id = :import and s.import_file = x.main
      join images as i on i.fileset_id = s.id and i.series = x.series
     order by i.id, x.position)sql"},
  {plane_rows, R"sql(
    insert into plane_infos (image_id, delta_t, exposure, x, y, z)
    select i.id, x.delta_t, x.exposure, x.x, x.y, x.z
      from json_to_recordset(cast(:rows as json))
             as x (main integer, series integer, delta_t double precision[],
                   exposure double precision[], x double precision[], y double precision[],
                   z double precision[])
      join filesets as s on s.import_id = :import and s.import_file = x.main
      join images as i on i.fileset_id = s.id and i.series = x.series)sql"},
  {rendering_rows, R"sql(
    insert into renderings (image_id, owner_id, model, z, t, channels)
    select i.id, i.owner_id, x.model, x.z, x.t, x.channels
      from json_to_recordset(cast(:rows as json))
             as x (main integer, series integer, model smallint, z integer, t integer,
                   channels jsonb)
      join filesets as s on s.import_id = :import and s.import_file = x.main
      join images as i on i.fileset_id = s.id and i.series = x.series)sql"},
};

void insert_rows(soci::session& sql, int64_t import, const registration& what) {
  for (const auto& step : insertions) {
    auto rows = step.rows(what).dump();
    sql << step.statement, soci::use(rows, "rows"), soci::use(import, "import"),
      soci::use(repo::external, "external"), soci::use(repo::managed, "managed");
  }
}

// Nothing when the dataset was deleted meanwhile; the lock keeps it until the commit.
void link_images(soci::session& sql, int64_t import) {
  sql << R"sql(
    with home as (
      select d.id, d.group_id
        from imports as i
        join datasets as d on d.id = i.dataset_id
       where i.id = :import
         for key share of d
    )
    insert into links (parent_id, child_id, kind, group_id, owner_id)
    select home.id, i.id, 2, home.group_id, i.owner_id
      from home
      join filesets as s on s.import_id = :import
      join images as i on i.fileset_id = s.id)sql",
    soci::use(import, "import");
}

void finish(soci::session& sql, int64_t import) {
  sql << R"sql(
    with unmeasured as (
      insert into jobs (kind, dedup, payload)
      select 1, cast(s.id as text), jsonb_build_object('fileset', s.id)
        from filesets as s
       where s.import_id = :import
         and exists (select from images as i
                      where i.fileset_id = s.id and i.state = :measuring
                        and not (lacks_levels(i) and array_length(i.levels, 1) = 1))
    ), without_levels as (
      insert into jobs (kind, dedup, payload, priority)
      select 2, cast(i.id as text), jsonb_build_object('image', i.id), 7
        from filesets as s
        join images as i on i.fileset_id = s.id
       where s.import_id = :import and lacks_levels(i)
    ), finished as (
      update imports set state = :done, error = '', updated = now()
       where id = :import
      returning id, owner_id, group_id
    )
    insert into audits (account_id, action, kind, object_id, group_id, detail)
    select owner_id, :action, :kind, id, group_id, jsonb_build_object('images', (
             select count(*)
               from filesets as s
               join images as i on i.fileset_id = s.id
              where s.import_id = :import))
      from finished)sql",
    soci::use(import, "import"), soci::use(measuring, "measuring"),
    soci::use(ended, "done"), soci::use(audit_action::import, "action"),
    soci::use(object_kind::import, "kind");
}

// Holds the row until the end of the transaction. @returns whether there is work left.
bool begin(soci::session& sql, int64_t import) {
  int state = 0;
  sql << "select state from imports where id = :import for update",
    soci::use(import, "import"), soci::into(state);
  if (!sql.got_data())
    throw failure{errc::not_found, "import " + std::to_string(import)};
  auto now = static_cast<import_state>(state);
  if (now == import_state::done)
    return false; // registered before a crash
  if (now < import_state::parsed || now > import_state::done)
    throw failure{errc::conflict,
                  fmt::format("import {} cannot be registered now", import)};
  return true;
}

} // namespace

import_record run(soci::session& sql, const register_import& q) {
  if (begin(sql, q.import)) {
    check_registration(*q.what);
    sql << "set local statement_timeout = '5min'"; // a file may hold 10,000 images
    insert_rows(sql, q.import, *q.what);
    insert_metadata(sql, q.import, *q.what);
    link_images(sql, q.import);
    finish(sql, q.import);
  }
  return read_import(sql, q.import);
}

} // namespace troupe
