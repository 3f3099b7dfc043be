// Shapes out of the database, as values.

#include "schema/queries/region_rows.hpp"
#include "schema/queries/rows.hpp"
#include "storage/base64.hpp"
#include "storage/regions/colours.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe {

namespace {

using nlohmann::json;

std::optional<int32_t> plane_at(const soci::row& row, const char* column) {
  if (row.get_indicator(column) == soci::i_null)
    return std::nullopt;
  return int32_of(row, column);
}

std::optional<metadata::quantity> style_quantity(const json& style, const char* name) {
  const auto found = style.find(name);
  if (found == style.end() || !found->is_object() || !found->contains("value")
      || !found->at("value").is_number()) // a file may have said NaN
    return std::nullopt;
  return metadata::quantity{found->at("value").get<double>(),
                            found->value("unit", std::string{})};
}

metadata::shape_style style_at(const soci::row& row) {
  const auto style = json_of(row, "style");
  auto word = [&](const char* name) { return style.value(name, std::string{}); };
  return {color_at(row, "fill"),
          color_at(row, "stroke"),
          style_quantity(style, "strokeWidth"),
          style_quantity(style, "fontSize"),
          word("strokeDashes"),
          word("fillRule"),
          word("lineCap"),
          word("markerStart"),
          word("markerEnd"),
          word("fontFamily"),
          word("fontStyle")};
}

} // namespace

std::optional<rgba> color_at(const soci::row& row, const char* column) {
  if (row.get_indicator(column) == soci::i_null)
    return std::nullopt;
  return regions::color_of(static_cast<uint32_t>(int64_of(row, column)));
}

const std::string_view shape_columns = R"sql(
           h.id, h.roi_id, cast(h.kind as integer) as kind, h.z, h.c, h.t,
           cast(to_json(h.geometry) as text) as geometry,
           cast(to_json(h.transform) as text) as transform,
           translate(encode(h.mask, 'base64'), E'\n', '') as mask, h.text,
           cast(h.locked as integer) as locked, h.fill, h.stroke,
           cast(h.style as text) as style)sql";

metadata::shape shape_in_row(const soci::row& row) {
  metadata::shape s;
  s.kind = static_cast<metadata::shape_kind>(int32_of(row, "kind"));
  s.z = plane_at(row, "z");
  s.c = plane_at(row, "c");
  s.t = plane_at(row, "t");
  s.geometry = json_of(row, "geometry").get<std::vector<double>>();
  if (const auto m = json_of(row, "transform").get<std::vector<double>>(); m.size() == 6)
    s.transform = metadata::affine{m[0], m[1], m[2], m[3], m[4], m[5]};
  auto mask = from_base64(text_of(row, "mask"));
  if (mask && !mask->empty())
    s.mask = shared_bytes{std::move(*mask)};
  s.text = text_of(row, "text");
  s.locked = bool_of(row, "locked");
  s.style = style_at(row);
  return s;
}

namespace {

regions::drawing ground_of(soci::session& sql, int64_t image) {
  regions::drawing d;
  int type = 0;
  sql << R"sql(
    select name, size_x, size_y, size_z, size_c, size_t, cast(pixel_type as integer)
      from images
     where id = :image)sql",
    soci::use(image, "image"), soci::into(d.name), soci::into(d.size.x),
    soci::into(d.size.y), soci::into(d.size.z), soci::into(d.size.c),
    soci::into(d.size.t), soci::into(type);
  d.type = static_cast<pixel_type>(type);
  return d;
}

void check_export(soci::session& sql, int64_t image) {
  int64_t shapes = 0, bytes = 0;
  sql << R"sql(
    select count(*),
           cast(coalesce(sum(pg_column_size(h.geometry) + coalesce(length(h.mask), 0)), 0)
                as bigint)
      from shapes as h
     where h.image_id = :image)sql",
    soci::use(image, "image"), soci::into(shapes), soci::into(bytes);
  if (shapes > static_cast<int64_t>(regions::limits::most_shapes)
      || bytes > static_cast<int64_t>(2 * regions::limits::most_bytes))
    throw failure{errc::too_large,
                  fmt::format("the image has {} shapes: too much for one file", shapes)};
}

} // namespace

drawing_ground run(soci::session& sql, const check_drawing& q) {
  require_right(sql, q.who, object_type::image, q.image, right::annotate, "draw on");
  return {ground_of(sql, q.image).size};
}

stored_shapes run(soci::session& sql, const find_shapes& q) {
  require_seen(sql, q.who, object_type::image, q.image);
  const auto who = to_sql(q.who), wanted = array_of(q.ids);
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(R"sql(
    select {}
      from shapes as h
      join rois as r on r.id = h.roi_id
     where h.id = any(cast(:ids as bigint[])) and h.image_id = :image
       and visible(r.owner_id, r.group_id, cast(:who as viewer))
     order by array_position(cast(:ids as bigint[]), h.id))sql",
                                shape_columns),
     soci::use(wanted, "ids"), soci::use(q.image, "image"), soci::use(who, "who"));
  stored_shapes found;
  for (const auto& row : rows)
    found.shapes.push_back({int64_of(row, "id"), shape_in_row(row)});
  for (auto id : q.ids)
    if (std::ranges::find(found.shapes, id, &stored_shape::id) == found.shapes.end())
      throw failure{errc::not_found, fmt::format("shape {} of image {}", id, q.image)};
  return found;
}

exported_regions run(soci::session& sql, const export_regions& q) {
  require_seen(sql, q.who, object_type::image, q.image);
  check_export(sql, q.image);
  exported_regions out{ground_of(sql, q.image)};
  const auto who = to_sql(q.who);
  soci::rowset<soci::row> rows = (sql.prepare << fmt::format(R"sql(
    select r.name as roi_name, r.description as roi_description, {}
      from rois as r
      join shapes as h on h.roi_id = r.id and h.image_id = :image
     where r.image_id = :image and visible(r.owner_id, r.group_id, cast(:who as viewer))
     order by r.id, h.position)sql",
                                                             shape_columns),
                                  soci::use(q.image, "image"), soci::use(who, "who"));
  int64_t last = 0;
  for (const auto& row : rows) {
    if (const auto roi = int64_of(row, "roi_id"); out.what.rois.empty() || roi != last) {
      auto& fresh = out.what.rois.emplace_back();
      fresh.name = text_of(row, "roi_name");
      fresh.description = text_of(row, "roi_description");
      last = roi;
    }
    out.what.rois.back().shapes.push_back(shape_in_row(row));
  }
  return out;
}

} // namespace troupe
