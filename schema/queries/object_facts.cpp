#include "schema/queries/object_facts.hpp"

#include "schema/queries/rows.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

constexpr std::string_view image_columns = R"sql(
  , cast(floor(extract(epoch from x.acquired) * 1000) as bigint) as acquired,
  cast(floor(extract(epoch from x.created) * 1000) as bigint) as imported,
  x.fileset_id, x.version, x.series, x.size_x, x.size_y, x.size_z, x.size_c, x.size_t, x.pixel_type,
  x.significant_bits, x.dimension_order, x.physical_x, x.physical_x_unit, x.physical_y,
  x.physical_y_unit, x.physical_z, x.physical_z_unit, x.time_increment,
  x.time_increment_unit)sql";

constexpr std::string_view whole_image_columns = R"sql(
  , (select s.format from filesets as s where s.id = x.fileset_id) as format,
  cast(x.rgb as integer) as rgb, (
  select cast(json_agg(json_build_object(
           'id', c.id, 'name', c.name, 'color', c.color, 'emission', c.emission,
           'excitation', c.excitation, 'attributes', c.attributes -> 'attributes')
           order by c.position) as text)
    from channels as c
   where c.image_id = x.id) as channels)sql";

constexpr std::string_view plate_facts = R"sql(
  'rows', x.rows, 'columns', x.columns, 'rowNaming', x.row_naming,
  'columnNaming', x.column_naming, 'defaultField', x.default_field,
  'attributes', x.attributes)sql";

/// The first and the last field of a well, null without any.
constexpr std::string_view fields_of_plate = R"sql(, 'fields', (
  select json_build_array(min(f.position), max(f.position))
    from fields as f
    join wells as w on w.id = f.well_id
   where w.plate_id = x.id))sql";

constexpr std::string_view runs_of_plate = R"sql(,
  'runs', (select count(*) from plate_runs as r where r.plate_id = x.id))sql";

constexpr std::string_view run_facts = R"sql(
  'started', cast(floor(extract(epoch from x.started) * 1000) as bigint),
  'ended', cast(floor(extract(epoch from x.ended) * 1000) as bigint),
  'mostFields', x.most_fields, 'plate', x.plate_id)sql";

constexpr std::string_view fields_of_run = R"sql(, 'fields', (
  select json_build_array(min(f.position), max(f.position))
    from fields as f
   where f.run_id = x.id))sql";

/// Without the bytes of masks.
constexpr std::string_view shape_facts = R"sql(
  'id', h.id, 'roi', h.roi_id, 'kind', h.kind, 'z', h.z, 'c', h.c, 't', h.t,
  'geometry', h.geometry, 'transform', h.transform, 'text', h.text,
  'locked', h.locked, 'fill', h.fill, 'stroke', h.stroke, 'style', h.style)sql";

constexpr const char* well_facts = R"sql(
  'plate', x.plate_id, 'name', well_name(x.well_row, x.well_column),
  'row', x.well_row, 'column', x.well_column,
  'attributes', x.attributes, 'fields', (
    select json_agg(json_build_object(
             'id', f.id, 'x', f.x, 'xUnit', f.x_unit, 'y', f.y, 'yUnit', f.y_unit,
             'taken', cast(floor(extract(epoch from f.taken) * 1000) as bigint),
             'image', f.image_id,
             'run', (select json_build_object('id', x.id, 'name', x.name,
                                              'description', x.description, {})
                       from plate_runs as x
                      where x.id = f.run_id))
             order by f.position)
      from fields as f
      join images as i on i.id = f.image_id
     where f.well_id = x.id and {}
       and visible(i.owner_id, i.group_id, cast(:who as viewer))))sql";

std::string facts_of(const list_objects& q) {
  switch (q.type) {
    case object_type::screen: return "'attributes', x.attributes";
    case object_type::plate:
      return fmt::format("{}{}{}", plate_facts, q.whole ? fields_of_plate : "",
                         q.children ? runs_of_plate : "");
    case object_type::run: return fmt::format("{}{}", run_facts, fields_of_run);
    case object_type::well:
      return fmt::format(fmt::runtime(well_facts), run_facts, chosen_fields(q));
    case object_type::roi:
      return fmt::format("'image', x.image_id, 'shapes', (select json_agg("
                         "json_build_object({}) order by h.position)"
                         " from shapes as h where h.roi_id = x.id)",
                         shape_facts);
    case object_type::shape: return std::string{shape_facts};
    default: return {};
  }
}

// Where a group is wholly visible its links need not be looked behind.
std::string count_of_children(std::string_view table, int link) {
  return fmt::format(R"sql(, case
  when sees_all(x.group_id, cast(:who as viewer)) then
    (select count(*) from links as l where l.parent_id = x.id and l.kind = {link})
  else
    (select count(*)
       from links as l
       join {table} as o on o.id = l.child_id
      where l.parent_id = x.id and l.kind = {link}
        and visible(o.owner_id, o.group_id, cast(:who as viewer)))
  end as children)sql",
                     fmt::arg("table", table), fmt::arg("link", link));
}

bool counts_children(const list_objects& q) {
  return q.children
         && (q.type == object_type::project || q.type == object_type::dataset
             || q.type == object_type::screen);
}

std::string children_of(const list_objects& q) {
  if (!counts_children(q))
    return {};
  return q.type == object_type::project   ? count_of_children("datasets", 1)
         : q.type == object_type::dataset ? count_of_children("images", 2)
                                          : count_of_children("plates", 3);
}

bool has_facts(object_type type) {
  return type != object_type::project && type != object_type::dataset
         && type != object_type::image;
}

bool has_name(object_type type) {
  return type != object_type::well && type != object_type::shape;
}

std::optional<formats::quantity> quantity_in_row(const soci::row& row, const char* column,
                                                 const char* unit) {
  const auto value = double_of(row, column);
  if (!value)
    return std::nullopt;
  return formats::quantity{*value, text_of(row, unit)};
}

image_words image_in_row(const soci::row& row, bool whole) {
  image_words i;
  if (row.get_indicator("acquired") != soci::i_null)
    i.acquired = int64_of(row, "acquired");
  i.imported = int64_of(row, "imported");
  i.fileset = int64_of(row, "fileset_id");
  i.version = int32_of(row, "version");
  i.series = int32_of(row, "series");
  i.size = {int32_of(row, "size_x"), int32_of(row, "size_y"), int32_of(row, "size_z"),
            int32_of(row, "size_c"), int32_of(row, "size_t")};
  i.type = static_cast<pixel_type>(int32_of(row, "pixel_type"));
  i.significant_bits = int32_of(row, "significant_bits");
  i.order = text_of(row, "dimension_order");
  i.x = quantity_in_row(row, "physical_x", "physical_x_unit");
  i.y = quantity_in_row(row, "physical_y", "physical_y_unit");
  i.z = quantity_in_row(row, "physical_z", "physical_z_unit");
  i.increment = quantity_in_row(row, "time_increment", "time_increment_unit");
  if (!whole)
    return i;
  i.format = text_of(row, "format");
  i.channels = text_of(row, "channels");
  i.rgb = bool_of(row, "rgb");
  return i;
}

} // namespace

std::string_view rows_of(object_type type) {
  switch (type) {
    case object_type::project: return "projects as x";
    case object_type::dataset: return "datasets as x";
    case object_type::image: return "images as x";
    case object_type::screen: return "screens as x";
    case object_type::plate: return "plates as x";
    case object_type::roi: return "rois as x";
    case object_type::run:
      return "(select r.*, p.owner_id, p.group_id from plate_runs as r"
             " join plates as p on p.id = r.plate_id) as x";
    case object_type::well:
      return "(select w.*, p.owner_id from wells as w"
             " join plates as p on p.id = w.plate_id) as x";
    case object_type::shape:
      return "(select h.*, r.owner_id, r.group_id from shapes as h"
             " join rois as r on r.id = h.roi_id) as x";
    default: break;
  }
  throw failure{errc::bad_request, fmt::format("{} are not listed", table_of(type))};
}

std::string chosen_fields(const list_objects& q) {
  std::string all = "true";
  for (auto& place : q.places)
    if (place.type == object_type::run)
      all += fmt::format(" and f.run_id = {}", place.id);
  if (q.field)
    all += fmt::format(" and f.position = {}", *q.field);
  return all;
}

std::string columns_of(const list_objects& q) {
  std::string all = has_name(q.type) ? ", x.name, x.description" : "";
  all += children_of(q);
  if (q.type == object_type::image)
    all += fmt::format("{}{}", image_columns, q.whole ? whole_image_columns : "");
  if (q.type == object_type::shape)
    all += fmt::format(", (select cast(json_build_object({}) as text)"
                       " from (select x.*) as h) as facts",
                       facts_of(q));
  else if (has_facts(q.type))
    all += fmt::format(", cast(json_build_object({}) as text) as facts", facts_of(q));
  return all;
}

listed_object object_in_row(const soci::row& row, const list_objects& q) {
  listed_object o{int64_of(row, "id"), int64_of(row, "owner_id"),
                  int64_of(row, "group_id")};
  if (has_name(q.type)) {
    o.name = text_of(row, "name");
    o.description = text_of(row, "description");
  }
  if (counts_children(q))
    o.children = int64_of(row, "children");
  if (q.type == object_type::image)
    o.image = image_in_row(row, q.whole);
  else if (has_facts(q.type))
    o.facts = text_of(row, "facts");
  return o;
}

} // namespace troupe
