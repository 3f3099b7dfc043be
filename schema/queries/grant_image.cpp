// Where the pixels of an image are, for someone who may see it.

#include "schema/kept_plans.hpp"
#include "schema/queries/image_rows.hpp"
#include "schema/queries/view_settings_rows.hpp"
#include "storage/failure.hpp"
#include "storage/files/managed.hpp"

#include <fmt/format.h>

namespace troupe {

image_grant run(soci::session& sql, const grant_image& q) {
  auto who = to_sql(q.who);
  soci::row row;
  sql << kept
      << fmt::format(R"sql(
    select i.id, i.series, i.size_x, i.size_y, i.size_z, i.size_c, i.size_t, i.pixel_type,
           i.significant_bits, i.version, i.state, i.error,
           cast(array_to_json(i.levels) as text) as levels,
           cast(array_to_json(i.tile) as text) as tile, i.rgb,
           i.own_levels is not null as has_pyramid,
           not exists (select from jobs as j
                        where j.state = 0
                          and (j.kind = 1 and j.dedup = cast(i.fileset_id as text)
                               or j.kind = 2 and j.dedup = cast(i.id as text))) as settled,
           (select root from repos where id = 1) as data, {}, {}
      from images as i
      join filesets as s on s.id = i.fileset_id
      join files as f on f.fileset_id = s.id and f.position = 0
      join repos as r on r.id = s.repo_id
      {}
     where i.id = :image
       and visible(i.owner_id, i.group_id, cast(:who as viewer)))sql",
                     settings_columns, source_columns, settings_join),
    soci::use(q.image, "image"), soci::use(who, "who"), soci::into(row);
  if (!sql.got_data())
    throw failure{errc::not_found, "image " + std::to_string(q.image)};

  image_grant found;
  found.image = int64_of(row, "id");
  found.source = source_of(row);
  if (bool_of(row, "has_pyramid"))
    found.source.derived =
      text_of(row, "data") + "/" + managed_directory::derived_folder(found.image);
  found.settled = bool_of(row, "settled");
  found.size = {int32_of(row, "size_x"), int32_of(row, "size_y"), int32_of(row, "size_z"),
                int32_of(row, "size_c"), int32_of(row, "size_t")};
  found.type = static_cast<pixel_type>(int32_of(row, "pixel_type"));
  found.significant_bits = int32_of(row, "significant_bits");
  found.version = int32_of(row, "version");
  found.state = static_cast<image_state>(int32_of(row, "state"));
  found.error = text_of(row, "error");
  found.levels = levels_from(json_of(row, "levels"));
  found.tile = extent_from(json_of(row, "tile"));
  found.settings = settings_of(row);
  found.first = first_plane_of(row);
  return found;
}

} // namespace troupe
