#include "schema/queries/image_context.hpp"

#include <nlohmann/json.hpp>

namespace troupe {

const std::string_view image_context_query = R"sql(json_build_object(
  'rights', rights_on(i.owner_id, i.group_id, cast(:who as viewer)),
  'seconds', extract(epoch from coalesce(i.acquired, i.created)),
  'magnification', (
    select o -> 'attributes' -> 'NominalMagnification'
      from instruments as n,
           jsonb_array_elements(i.acquisition) as s,
           jsonb_array_elements(n.body -> 'parts') as o
     where n.id = i.instrument_id
       and s ->> 'kind' = 'ObjectiveSettings'
       and o ->> 'kind' = 'Objective' and o ->> 'id' = s ->> 'id'
     limit 1),
  'wells', (
    select json_agg(distinct f.well_id)
      from fields as f
     where f.image_id = i.id)))sql";

image_context image_context_from(const nlohmann::json& found) {
  image_context out;
  out.rights = found.at("rights");
  out.seconds = found.at("seconds");
  if (const auto& power = found.at("magnification"); power.is_number())
    out.magnification = power.get<double>();
  if (const auto& wells = found.at("wells"); !wells.is_null())
    out.wells = wells.get<std::vector<int64_t>>();
  return out;
}

} // namespace troupe
