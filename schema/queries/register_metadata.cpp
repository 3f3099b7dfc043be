#include "schema/queries/register_metadata.hpp"

#include "schema/queries/metadata_rows.hpp"

namespace troupe {

namespace {

// As in the registration of images: rows as :rows, the import as :import.
struct metadata_insertion {
  nlohmann::json (*rows)(const registration&);
  const char* statement;
};

const metadata_insertion metadata_insertions[] = {
  {fact_rows, R"sql(
    update filesets as s set facts = x.facts, warnings = x.warnings
      from json_to_recordset(cast(:rows as json)) as x (main integer, facts jsonb, warnings jsonb)
     where s.import_id = :import and s.import_file = x.main)sql"},
  {instrument_rows, R"sql(
    insert into instruments (fileset_id, position, body)
    select s.id, x.position, x.body
      from json_to_recordset(cast(:rows as json)) as x (main integer, position integer, body jsonb)
      join filesets as s on s.import_id = :import and s.import_file = x.main)sql"},
  {acquisition_rows, R"sql(
    update images as i set acquisition = x.settings, instrument_id = n.id
      from json_to_recordset(cast(:rows as json))
             as x (main integer, series integer, instrument integer, settings jsonb)
      join filesets as s on s.import_id = :import and s.import_file = x.main
      left join instruments as n on n.fileset_id = s.id and n.position = x.instrument
     where i.fileset_id = s.id and i.series = x.series)sql"},
  {channel_attribute_rows, R"sql(
    update channels as c set attributes = x.attributes
      from json_to_recordset(cast(:rows as json))
             as x (main integer, series integer, position integer, attributes jsonb)
      join filesets as s on s.import_id = :import and s.import_file = x.main
      join images as i on i.fileset_id = s.id and i.series = x.series
     where c.image_id = i.id and c.position = x.position)sql"},

  {screen_rows, R"sql(
    insert into screens (owner_id, group_id, fileset_id, position, name, description, attributes)
    select s.owner_id, s.group_id, s.id, x.position, x.name, x.description, x.attributes
      from json_to_recordset(cast(:rows as json))
             as x (main integer, position integer, name text, description text, attributes jsonb)
      join filesets as s on s.import_id = :import and s.import_file = x.main)sql"},
  {reagent_rows, R"sql(
    insert into reagents (screen_id, position, name, description, identifier)
    select n.id, x.position, x.name, x.description, x.identifier
      from json_to_recordset(cast(:rows as json))
             as x (main integer, screen integer, position integer, name text, description text,
                   identifier text)
      join filesets as s on s.import_id = :import and s.import_file = x.main
      join screens as n on n.fileset_id = s.id and n.position = x.screen)sql"},
  {plate_rows, R"sql(
    insert into plates (owner_id, group_id, fileset_id, position, name, description, rows,
                        columns, row_naming, column_naming, default_field, attributes)
    select s.owner_id, s.group_id, s.id, x.plate, x.name, x.description, x.rows, x.columns,
           x.row_naming, x.column_naming, x.default_field, x.attributes
      from json_to_recordset(cast(:rows as json))
             as x (main integer, plate integer, name text, description text, rows integer,
                   columns integer, row_naming text, column_naming text,
                   default_field integer, attributes jsonb)
      join filesets as s on s.import_id = :import and s.import_file = x.main)sql"},
  {screen_plate_rows, R"sql(
    insert into links (parent_id, child_id, kind, group_id, owner_id)
    select n.id, p.id, 3, s.group_id, s.owner_id
      from json_to_recordset(cast(:rows as json)) as x (main integer, screen integer, plate integer)
      join filesets as s on s.import_id = :import and s.import_file = x.main
      join screens as n on n.fileset_id = s.id and n.position = x.screen
      join plates as p on p.fileset_id = s.id and p.position = x.plate
        on conflict do nothing)sql"},
  {run_rows, R"sql(
    insert into plate_runs (plate_id, position, name, description, started, ended, most_fields)
    select p.id, x.position, x.name, x.description, timestamp_or_null(x.started),
           timestamp_or_null(x.ended), x.most_fields
      from json_to_recordset(cast(:rows as json))
             as x (main integer, plate integer, position integer, name text, description text,
                   started text, ended text, most_fields integer)
      join filesets as s on s.import_id = :import and s.import_file = x.main
      join plates as p on p.fileset_id = s.id and p.position = x.plate)sql"},
  {well_rows, R"sql(
    insert into wells (plate_id, group_id, well_row, well_column, attributes)
    select p.id, p.group_id, x.well_row, x.well_column, x.attributes
      from json_to_recordset(cast(:rows as json))
             as x (main integer, plate integer, well_row integer, well_column integer,
                   attributes jsonb)
      join filesets as s on s.import_id = :import and s.import_file = x.main
      join plates as p on p.fileset_id = s.id and p.position = x.plate)sql"},
  {well_reagent_rows, R"sql(
    insert into well_reagents (well_id, reagent_id)
    select w.id, r.id
      from json_to_recordset(cast(:rows as json))
             as x (main integer, plate integer, well_row integer, well_column integer,
                   screen integer, reagent integer)
      join filesets as s on s.import_id = :import and s.import_file = x.main
      join plates as p on p.fileset_id = s.id and p.position = x.plate
      join wells as w on w.plate_id = p.id and w.well_row = x.well_row
                     and w.well_column = x.well_column
      join screens as n on n.fileset_id = s.id and n.position = x.screen
      join reagents as r on r.screen_id = n.id and r.position = x.reagent
        on conflict do nothing)sql"},
  {field_rows, R"sql(
    insert into fields (well_id, group_id, run_id, image_id, position, x, x_unit, y, y_unit, taken)
    select w.id, w.group_id, r.id, i.id, x.position, x.x, x.x_unit, x.y, x.y_unit,
           timestamp_or_null(x.taken)
      from json_to_recordset(cast(:rows as json))
             as x (main integer, plate integer, well_row integer, well_column integer,
                   position integer, series integer, run integer, x double precision,
                   x_unit text, y double precision, y_unit text, taken text)
      join filesets as s on s.import_id = :import and s.import_file = x.main
      join images as i on i.fileset_id = s.id and i.series = x.series
      join plates as p on p.fileset_id = s.id and p.position = x.plate
      join wells as w on w.plate_id = p.id and w.well_row = x.well_row
                     and w.well_column = x.well_column
      left join plate_runs as r on r.plate_id = p.id and r.position = x.run)sql"},

  {roi_rows, R"sql(
    insert into rois (owner_id, group_id, image_id, fileset_id, position, name, description)
    select s.owner_id, s.group_id, i.id, s.id, x.position, x.name, x.description
      from json_to_recordset(cast(:rows as json))
             as x (main integer, series integer, position integer, name text, description text)
      join filesets as s on s.import_id = :import and s.import_file = x.main
      left join images as i on i.fileset_id = s.id and i.series = x.series)sql"},
  {shape_rows, R"sql(
    insert into shapes (roi_id, image_id, position, kind, z, c, t, bounds, geometry, transform,
                        mask, text, locked, fill, stroke, style)
    select r.id, r.image_id, x.position, x.kind, x.z, x.c, x.t,
           box(point(x.bounds[1], x.bounds[2]), point(x.bounds[3], x.bounds[4])),
           x.geometry, x.transform, decode(x.mask, 'base64'), x.text, x.locked, x.fill,
           x.stroke, x.style
      from json_to_recordset(cast(:rows as json))
             as x (main integer, roi integer, position integer, kind smallint, z integer,
                   c integer, t integer, bounds double precision[],
                   geometry double precision[], transform double precision[], mask text,
                   text text, locked boolean, fill bigint, stroke bigint, style jsonb)
      join filesets as s on s.import_id = :import and s.import_file = x.main
      join rois as r on r.fileset_id = s.id and r.position = x.roi)sql"},

  {folder_rows, R"sql(
    insert into folders (owner_id, group_id, fileset_id, position, name, description)
    select s.owner_id, s.group_id, s.id, x.position, x.name, x.description
      from json_to_recordset(cast(:rows as json))
             as x (main integer, position integer, name text, description text)
      join filesets as s on s.import_id = :import and s.import_file = x.main)sql"},
  {folder_rows, R"sql(
    update folders as f set parent_id = outer_folder.id
      from json_to_recordset(cast(:rows as json)) as x (main integer, position integer, parent integer)
      join filesets as s on s.import_id = :import and s.import_file = x.main
      join folders as outer_folder
        on outer_folder.fileset_id = s.id and outer_folder.position = x.parent
     where f.fileset_id = s.id and f.position = x.position)sql"},
  {folder_image_rows, R"sql(
    insert into links (parent_id, child_id, kind, group_id, owner_id)
    select f.id, i.id, 4, s.group_id, s.owner_id
      from json_to_recordset(cast(:rows as json)) as x (main integer, folder integer, series integer)
      join filesets as s on s.import_id = :import and s.import_file = x.main
      join folders as f on f.fileset_id = s.id and f.position = x.folder
      join images as i on i.fileset_id = s.id and i.series = x.series
        on conflict do nothing)sql"},
  {folder_roi_rows, R"sql(
    insert into links (parent_id, child_id, kind, group_id, owner_id)
    select f.id, r.id, 5, s.group_id, s.owner_id
      from json_to_recordset(cast(:rows as json)) as x (main integer, folder integer, roi integer)
      join filesets as s on s.import_id = :import and s.import_file = x.main
      join folders as f on f.fileset_id = s.id and f.position = x.folder
      join rois as r on r.fileset_id = s.id and r.position = x.roi
        on conflict do nothing)sql"},

  {annotation_rows, R"sql(
    insert into name_spaces (name)
    select distinct x.name_space
      from json_to_recordset(cast(:rows as json)) as x (name_space text)
     where x.name_space <> ''
        on conflict do nothing)sql"},
  {annotation_rows, R"sql(
    with x as materialized (
      select r.*, s.id as fileset_id, s.owner_id, s.group_id, timestamp_or_null(r.time) as at,
             case when r.sha256 is not null
                  then nextval(pg_get_serial_sequence('attachments', 'id')) end as attachment_id
        from json_to_recordset(cast(:rows as json))
               as r (main integer, position integer, kind smallint, name_space text,
                     description text, text_value text, number_value numeric, time text,
                     pairs jsonb, file_name text, mime text, bytes bigint, sha256 text)
        join filesets as s on s.import_id = :import and s.import_file = r.main
    ), stored as (
      insert into attachments (id, owner_id, group_id, name, mime, bytes, sha256)
      select x.attachment_id, x.owner_id, x.group_id, x.file_name, x.mime, x.bytes,
             decode(x.sha256, 'hex')
        from x
       where x.attachment_id is not null
    )
    insert into annotations (owner_id, group_id, kind, name_space_id, fileset_id, position,
                             description, text_value, number_value, time_value, pairs,
                             attachment_id)
    select x.owner_id, x.group_id, x.kind, n.id, x.fileset_id, x.position, x.description,
           case when x.at is null then x.text_value end, x.number_value, x.at, x.pairs,
           x.attachment_id
      from x
      left join name_spaces as n on n.name = x.name_space
     order by x.fileset_id, x.position)sql"},
  {annotation_link_rows, R"sql(
    with x as (
      select r.kind, r.annotation, s.id as fileset_id, s.owner_id, s.group_id,
             case r.kind
               when 3 then (select i.id from images as i
                             where i.fileset_id = s.id and i.series = r.a)
               when 4 then (select n.id from annotations as n
                             where n.fileset_id = s.id and n.position = r.a)
               when 5 then (select n.id from screens as n
                             where n.fileset_id = s.id and n.position = r.a)
               when 6 then (select p.id from plates as p
                             where p.fileset_id = s.id and p.position = r.a)
               when 7 then (select f.id from folders as f
                             where f.fileset_id = s.id and f.position = r.a)
               when 8 then (select n.id from rois as n
                             where n.fileset_id = s.id and n.position = r.a)
               when 9 then s.id
               when 10 then (select w.id from wells as w
                               join plates as p on p.id = w.plate_id
                              where p.fileset_id = s.id and p.position = r.a
                                and w.well_row = r.b and w.well_column = r.c)
               when 11 then (select n.id from plate_runs as n
                               join plates as p on p.id = n.plate_id
                              where p.fileset_id = s.id and p.position = r.a
                                and n.position = r.b)
               when 12 then (select c.id from channels as c
                               join images as i on i.id = c.image_id
                              where i.fileset_id = s.id and i.series = r.a
                                and c.position = r.b)
               when 13 then (select h.id from shapes as h
                               join rois as n on n.id = h.roi_id
                              where n.fileset_id = s.id and n.position = r.a
                                and h.position = r.b)
               when 14 then (select g.id from reagents as g
                               join screens as n on n.id = g.screen_id
                              where n.fileset_id = s.id and n.position = r.a
                                and g.position = r.b)
             end as parent_id
        from json_to_recordset(cast(:rows as json))
               as r (main integer, kind smallint, a integer, b integer, c integer,
                     annotation integer)
        join filesets as s on s.import_id = :import and s.import_file = r.main
    )
    insert into annotation_links (parent_id, child_id, kind, group_id, owner_id)
    select x.parent_id, a.id, x.kind, x.group_id, x.owner_id
      from x
      join annotations as a on a.fileset_id = x.fileset_id and a.position = x.annotation
     where x.parent_id is not null
        on conflict do nothing)sql"},
};

} // namespace

void insert_metadata(soci::session& sql, int64_t import, const registration& what) {
  for (const auto& step : metadata_insertions) {
    const auto rows = step.rows(what);
    if (rows.empty())
      continue;
    auto text = rows.dump();
    sql << step.statement, soci::use(text, "rows"), soci::use(import, "import");
  }
}

} // namespace troupe
