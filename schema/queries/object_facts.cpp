#include "schema/queries/object_facts.hpp"

#include "storage/failure.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

constexpr std::string_view name_words = "'name', x.name, 'description', x.description";

constexpr std::string_view acquired_words = R"sql(,
  'acquired', cast(floor(extract(epoch from x.acquired) * 1000) as bigint),
  'series', x.series,
  'format', (select s.format from filesets as s where s.id = x.fileset_id))sql";

constexpr std::string_view pixels_words = R"sql(, 'pixels', json_build_object(
  'sizes', json_build_array(x.size_x, x.size_y, x.size_z, x.size_c, x.size_t),
  'type', x.pixel_type, 'bits', x.significant_bits, 'order', x.dimension_order,
  'x', x.physical_x, 'xUnit', x.physical_x_unit,
  'y', x.physical_y, 'yUnit', x.physical_y_unit,
  'z', x.physical_z, 'zUnit', x.physical_z_unit,
  'increment', x.time_increment, 'incrementUnit', x.time_increment_unit))sql";

constexpr std::string_view channel_words = R"sql(, 'channels', (
  select json_agg(json_build_object(
           'id', c.id, 'name', c.name, 'color', c.color, 'emission', c.emission,
           'excitation', c.excitation, 'attributes', c.attributes -> 'attributes')
           order by c.position)
    from channels as c
   where c.image_id = x.id), 'rgb', x.rgb)sql";

constexpr std::string_view plate_words = R"sql(,
  'rows', x.rows, 'columns', x.columns, 'rowNaming', x.row_naming,
  'columnNaming', x.column_naming, 'defaultField', x.default_field,
  'attributes', x.attributes)sql";

/// The first and the last field of a well, null without any.
constexpr std::string_view fields_of_plate = R"sql(, 'fields', (
  select json_build_array(min(f.position), max(f.position))
    from fields as f
    join wells as w on w.id = f.well_id
   where w.plate_id = x.id))sql";

constexpr std::string_view run_words = R"sql(,
  'started', cast(floor(extract(epoch from x.started) * 1000) as bigint),
  'ended', cast(floor(extract(epoch from x.ended) * 1000) as bigint),
  'mostFields', x.most_fields, 'plate', x.plate_id)sql";

constexpr std::string_view fields_of_run = R"sql(, 'fields', (
  select json_build_array(min(f.position), max(f.position))
    from fields as f
   where f.run_id = x.id))sql";

/// Without the bytes of masks.
constexpr std::string_view shape_facts = R"sql(json_build_object(
  'id', h.id, 'roi', h.roi_id, 'kind', h.kind, 'z', h.z, 'c', h.c, 't', h.t,
  'geometry', h.geometry, 'transform', h.transform, 'text', h.text,
  'locked', h.locked, 'fill', h.fill, 'stroke', h.stroke, 'style', h.style))sql";

constexpr const char* well_words = R"sql(
  'plate', x.plate_id, 'row', x.well_row, 'column', x.well_column,
  'attributes', x.attributes, 'fields', (
    select json_agg(json_build_object(
             'id', f.id, 'x', f.x, 'xUnit', f.x_unit, 'y', f.y, 'yUnit', f.y_unit,
             'taken', cast(floor(extract(epoch from f.taken) * 1000) as bigint),
             'run', (select json_build_object('id', x.id, {run})
                       from plate_runs as x
                      where x.id = f.run_id),
             'image', (select json_build_object('id', x.id, 'owner', x.owner_id, {image})
                         from images as x
                        where x.id = f.image_id))
             order by f.position)
      from fields as f
      join images as i on i.id = f.image_id
     where f.well_id = x.id and {chosen}
       and visible(i.owner_id, i.group_id, cast(:who as viewer))))sql";

// Where a group is wholly visible its links need not be looked behind.
std::string children_in(std::string_view table, int link) {
  return fmt::format(R"sql(, 'children', case
  when sees_all(x.group_id, cast(:who as viewer)) then
    (select count(*) from links as l where l.parent_id = x.id and l.kind = {link})
  else
    (select count(*)
       from links as l
       join {table} as o on o.id = l.child_id
      where l.parent_id = x.id and l.kind = {link}
        and visible(o.owner_id, o.group_id, cast(:who as viewer)))
  end)sql",
                     fmt::arg("table", table), fmt::arg("link", link));
}

std::string children_of(const list_objects& q) {
  if (!q.children)
    return {};
  switch (q.type) {
    case object_type::project: return children_in("datasets", 1);
    case object_type::dataset: return children_in("images", 2);
    case object_type::screen: return children_in("plates", 3);
    default: return {};
  }
}

std::string run_facts() {
  return fmt::format("{}{}", name_words, run_words);
}

std::string image_facts(bool with_pixels, bool with_channels) {
  return fmt::format("{}{}{}{}", name_words, acquired_words, with_pixels ? pixels_words : "",
                     with_channels ? channel_words : "");
}

std::string well_facts(const list_objects& q) {
  std::string chosen = "true";
  if (q.field)
    chosen += fmt::format(" and f.position = {}", *q.field);
  for (auto& place : q.places)
    if (place.type == object_type::run)
      chosen += fmt::format(" and f.run_id = {}", place.id);
  return fmt::format(fmt::runtime(well_words), fmt::arg("run", run_facts()),
                     fmt::arg("image", image_facts(q.whole, false)),
                     fmt::arg("chosen", chosen));
}

std::string pairs_of(const list_objects& q) {
  switch (q.type) {
    case object_type::image: return image_facts(true, q.whole);
    case object_type::screen: return fmt::format("{}, 'attributes', x.attributes", name_words);
    case object_type::plate:
      return fmt::format("{}{}{}", name_words, plate_words, q.whole ? fields_of_plate : "");
    case object_type::run: return run_facts() + std::string{fields_of_run};
    case object_type::well: return well_facts(q);
    case object_type::roi:
      return fmt::format("{}, 'image', x.image_id, 'shapes', (select json_agg({} order by "
                         "h.position) from shapes as h where h.roi_id = x.id)",
                         name_words, shape_facts);
    default: return std::string{name_words};
  }
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

std::string facts_of(const list_objects& q) {
  if (q.type == object_type::shape)
    return fmt::format("(select {} from (select x.*) as h)", shape_facts);
  return fmt::format("json_build_object({}{})", pairs_of(q), children_of(q));
}

} // namespace troupe
