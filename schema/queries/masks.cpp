// Masks drawn on an image, for labels.

#include "schema/queries/batch.hpp"
#include "schema/queries/region_rows.hpp"
#include "schema/queries/rows.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

constexpr auto mask_kind = static_cast<int>(metadata::shape_kind::mask);

} // namespace

masked_regions run(soci::session& sql, const list_masked_regions& q) {
  require_seen(sql, q.who, object_type::image, q.image);
  const auto who = to_sql(q.who);
  soci::rowset<soci::row> rows =
    (sql.prepare << R"sql(
    select r.id, r.name, m.color
      from rois as r
     cross join lateral (
             select (array_agg(coalesce(h.fill, h.stroke) order by h.position)
                       filter (where coalesce(h.fill, h.stroke) is not null))[1] as color,
                    count(*) as masks
               from shapes as h
              where h.roi_id = r.id and h.kind = :mask
           ) as m
     where r.image_id = :image and m.masks > 0
       and visible(r.owner_id, r.group_id, cast(:who as viewer))
     order by r.id)sql",
     soci::use(mask_kind, "mask"), soci::use(q.image, "image"), soci::use(who, "who"));
  masked_regions found;
  for (const auto& row : rows)
    found.regions.push_back(
      {int64_of(row, "id"), text_of(row, "name"), color_at(row, "color")});
  return found;
}

placed_masks run(soci::session& sql, const find_masks& q) {
  require_seen(sql, q.who, object_type::image, q.image);
  const auto who = to_sql(q.who), box = box_literal(q.within);
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(R"sql(
    select {}
      from shapes as h
      join rois as r on r.id = h.roi_id
     where h.image_id = :image and h.kind = :mask and h.bounds && cast(:box as box)
       and (h.z is null or h.z = :z) and (h.t is null or h.t = :t)
       and visible(r.owner_id, r.group_id, cast(:who as viewer))
     order by h.roi_id, h.position)sql",
                                shape_columns),
     soci::use(q.image, "image"), soci::use(mask_kind, "mask"), soci::use(box, "box"),
     soci::use(q.z, "z"), soci::use(q.t, "t"), soci::use(who, "who"));
  placed_masks found;
  size_t bytes = 0;
  for (const auto& row : rows) {
    found.masks.push_back({int64_of(row, "roi_id"), shape_in_row(row)});
    bytes += found.masks.back().what.mask.size();
    if (bytes > regions::limits::most_bytes)
      throw failure{errc::too_large,
                    fmt::format("the masks of image {} here are too many", q.image)};
  }
  return found;
}

} // namespace troupe
