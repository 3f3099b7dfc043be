// Regions of interest of an image.

#include "schema/queries/batch.hpp"
#include "schema/queries/json_list.hpp"

namespace troupe {

namespace {

constexpr std::string_view item = R"sql(json_build_object(
  'id', x.id, 'name', x.name, 'description', x.description, 'shapes', (
    select coalesce(json_agg(json_build_object(
             'id', h.id,
             'kind', (array['rectangle', 'ellipse', 'point', 'line', 'polyline', 'polygon',
                            'label', 'mask'])[h.kind + 1],
             'z', h.z, 'c', h.c, 't', h.t,
             'geometry', h.geometry, 'transform', h.transform,
             'bounds', array[(h.bounds[1])[0], (h.bounds[1])[1],
                             (h.bounds[0])[0], (h.bounds[0])[1]],
             'mask', translate(encode(h.mask, 'base64'), E'\n', ''),
             'text', h.text, 'locked', h.locked, 'fill', h.fill, 'stroke', h.stroke,
             'style', h.style) order by h.position), '[]')
      from shapes as h
     where h.roi_id = x.id)))sql";

} // namespace

page<json_item> run(soci::session& sql, const list_rois& q) {
  require_seen(sql, q.who, object_type::image, q.image);
  return list_json(sql,
                   {"rois", item, "''", "rois as x", "x.image_id = :parent", q.image},
                   q.who, q.page);
}

} // namespace troupe
