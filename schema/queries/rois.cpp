// Regions of interest of an image, one, or many.

#include "schema/queries/batch.hpp"
#include "schema/queries/draw.hpp"
#include "schema/queries/json_list.hpp"
#include "schema/queries/roi_json.hpp"

#include <fmt/format.h>

namespace troupe {

page<json_item> run(soci::session& sql, const list_rois& q) {
  const auto item = roi_document();
  if (q.folder) {
    require_seen(sql, q.who, object_type::folder, *q.folder);
    return list_json(sql,
                     {"folder-rois", item, "''",
                      "links as l join rois as x on x.id = l.child_id",
                      "l.parent_id = :parent and l.kind = 5", *q.folder},
                     q.who, q.page);
  }
  require_seen(sql, q.who, object_type::image, q.image);
  return list_json(sql,
                   {"rois", item, "''", "rois as x", "x.image_id = :parent", q.image},
                   q.who, q.page);
}

json_document run(soci::session& sql, const find_roi& q) {
  const auto who = to_sql(q.who);
  json_document found;
  sql << fmt::format(R"sql(
    select cast({} as text)
      from rois as x
     where x.id = :roi and visible(x.owner_id, x.group_id, cast(:who as viewer)))sql",
                     roi_document()),
    soci::use(q.roi, "roi"), soci::use(who, "who"), soci::into(found.text);
  if (!sql.got_data())
    throw failure{errc::not_found, "roi " + std::to_string(q.roi)};
  return found;
}

} // namespace troupe
