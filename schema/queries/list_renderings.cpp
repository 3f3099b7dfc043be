// Everybody's settings of an image.

#include "schema/queries/batch.hpp"
#include "schema/queries/view_settings_rows.hpp"

#include <fmt/format.h>

namespace troupe {

saved_renderings run(soci::session& sql, const list_renderings& q) {
  require_seen(sql, q.who, object_type::image, q.image);
  soci::rowset<soci::row> rows = (sql.prepare << fmt::format(R"sql(
    select v.id, {}, i.pixel_type, i.significant_bits, i.rgb, i.size_z,
           a.id as owner_id, a.first_name, a.last_name
      from images as i
      join renderings as v on v.image_id = i.id
      join accounts as a on a.id = v.owner_id
     where i.id = :image
     order by v.id)sql",
                                                             settings_columns),
                                  soci::use(q.image, "image"));
  saved_renderings found;
  for (const auto& row : rows)
    found.items.push_back({int64_of(row, "id"), int64_of(row, "owner_id"),
                           text_of(row, "first_name"), text_of(row, "last_name"),
                           settings_of(row), first_plane_of(row)});
  return found;
}

} // namespace troupe
