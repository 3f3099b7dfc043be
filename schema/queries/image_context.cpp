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
  'datasets', (
    select json_agg(json_build_object('id', d.id, 'name', d.name,
                                      'description', d.description) order by d.id)
      from links as l
      join datasets as d on d.id = l.parent_id
     where l.child_id = i.id and l.kind = 2
       and visible(d.owner_id, d.group_id, cast(:who as viewer))),
  'projects', (
    select json_agg(json_build_object('id', p.id, 'name', p.name,
                                      'description', p.description) order by p.id)
      from projects as p
     where p.id in (select up.parent_id
                      from links as l
                      join links as up on up.child_id = l.parent_id and up.kind = 1
                     where l.child_id = i.id and l.kind = 2)
       and visible(p.owner_id, p.group_id, cast(:who as viewer))),
  'wells', (
    select json_agg(distinct f.well_id)
      from fields as f
     where f.image_id = i.id)))sql";

namespace {

std::vector<image_context::parent> parents_from(const nlohmann::json& found) {
  std::vector<image_context::parent> out;
  for (const auto& p : found)
    out.push_back({p.at("id"), p.at("name"), p.at("description")});
  return out;
}

} // namespace

image_context image_context_from(const nlohmann::json& found) {
  image_context out;
  out.rights = found.at("rights");
  out.seconds = found.at("seconds");
  if (const auto& power = found.at("magnification"); power.is_number())
    out.magnification = power.get<double>();
  out.projects = parents_from(found.at("projects"));
  out.datasets = parents_from(found.at("datasets"));
  if (const auto& wells = found.at("wells"); !wells.is_null())
    out.wells = wells.get<std::vector<int64_t>>();
  return out;
}

} // namespace troupe
