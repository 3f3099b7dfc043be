// How an image was made, and what its file says beside.

#include "schema/kept_plans.hpp"
#include "schema/queries/metadata.hpp"

#include "storage/failure.hpp"

namespace troupe {

json_document run(soci::session& sql, const find_metadata& q) {
  auto who = to_sql(q.who);
  json_document found;
  sql << kept << R"sql(
    select cast(json_build_object(
             'instrument', n.body,
             'settings', i.acquisition,
             'channels', (select json_agg(c.attributes order by c.position)
                            from channels as c
                           where c.image_id = i.id),
             'planes', (select json_build_object('deltaT', p.delta_t, 'exposure', p.exposure,
                                                 'x', p.x, 'y', p.y, 'z', p.z)
                          from plane_infos as p
                         where p.image_id = i.id),
             'facts', s.facts,
             'warnings', s.warnings) as text)
      from images as i
      join filesets as s on s.id = i.fileset_id
      left join instruments as n on n.id = i.instrument_id
     where i.id = :image
       and visible(i.owner_id, i.group_id, cast(:who as viewer)))sql",
    soci::use(q.image, "image"), soci::use(who, "who"), soci::into(found.text);
  if (!sql.got_data())
    throw failure{errc::not_found, "image " + std::to_string(q.image)};
  return found;
}

} // namespace troupe
