#include "schema/queries/require_image.hpp"

#include "storage/failure.hpp"

namespace troupe {

void require_image(soci::session& sql, const viewer& viewer, int64_t image) {
  auto who = to_sql(viewer);
  int seen = 0;
  sql << R"sql(
    select 1
      from images as i
     where i.id = :image
       and visible(i.owner_id, i.group_id, cast(:who as viewer)))sql",
    soci::use(image, "image"), soci::use(who, "who"), soci::into(seen);
  if (!sql.got_data())
    throw failure{errc::not_found, "image " + std::to_string(image)};
}

} // namespace troupe
