// One shape of whatever region.

#include "schema/queries/draw.hpp"
#include "schema/queries/roi_json.hpp"

#include <fmt/format.h>

namespace troupe {

json_document run(soci::session& sql, const find_shape& q) {
  const auto who = to_sql(q.who);
  json_document found;
  sql << fmt::format(R"sql(
    select cast(json_build_object('roi', h.roi_id, 'image', r.image_id, {}) as text)
      from shapes as h
      join rois as r on r.id = h.roi_id
     where h.id = :shape and visible(r.owner_id, r.group_id, cast(:who as viewer)))sql",
                     shape_fields),
    soci::use(q.shape, "shape"), soci::use(who, "who"), soci::into(found.text);
  if (!sql.got_data())
    throw failure{errc::not_found, fmt::format("shape {}", q.shape)};
  return found;
}

} // namespace troupe
