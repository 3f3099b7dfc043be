// Regions and shapes as the API shows them.

#pragma once

#include <string>
#include <string_view>

namespace troupe {

/// Arguments of json_build_object for a row `h` of shapes.
inline constexpr std::string_view shape_fields = R"sql(
             'id', h.id,
             'kind', (array['rectangle', 'ellipse', 'point', 'line', 'polyline', 'polygon',
                            'label', 'mask'])[h.kind + 1],
             'z', h.z, 'c', h.c, 't', h.t,
             'geometry', h.geometry, 'transform', h.transform,
             'bounds', array[(h.bounds[1])[0], (h.bounds[1])[1],
                             (h.bounds[0])[0], (h.bounds[0])[1]],
             'mask', translate(encode(h.mask, 'base64'), E'\n', ''),
             'text', h.text, 'locked', h.locked, 'fill', h.fill, 'stroke', h.stroke,
             'style', h.style)sql";

/// A document for a row `x` of rois. Names :who.
inline std::string roi_document() {
  return std::string{R"sql(json_build_object(
  'id', x.id, 'image', x.image_id, 'name', x.name, 'description', x.description,
  'owner', (select json_build_object('id', w.id, 'login', w.login, 'name', w.name)
              from accounts as w
             where w.id = x.owner_id),
  'created', rfc3339(x.created), 'updated', rfc3339(x.updated), 'version', x.version,
  'rights', right_names(rights_on(x.owner_id, x.group_id, cast(:who as viewer))),
  'shapes', (
    select coalesce(json_agg(json_build_object()sql"}
         + std::string{shape_fields} + R"sql() order by h.position), '[]')
      from shapes as h
     where h.roi_id = x.id)))sql";
}

} // namespace troupe
