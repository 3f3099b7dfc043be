#include "schema/queries/view_settings_rows.hpp"

#include "schema/kept_plans.hpp"
#include "schema/queries/audit.hpp"
#include "schema/queries/renderings.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

namespace troupe {

const std::string_view settings_join = R"sql(
      left join lateral (
        select r.*
          from renderings as r
         where r.image_id = i.id
           and r.owner_id in (i.owner_id, (cast(:who as viewer)).account)
         order by r.owner_id = (cast(:who as viewer)).account desc
         limit 1) as v on true)sql";

const std::string_view settings_columns = R"sql(
       v.model, v.z, v.t, cast(v.channels as text) as settings,
       cast(array_to_json(v.quantum) as text) as quantum,
       cast((select json_agg(json_build_object('color', c.color, 'emission', c.emission,
                                               'excitation', c.excitation,
                                               'min', c.min, 'max', c.max)
                             order by c.position)
               from channels as c
              where c.image_id = i.id) as text) as facts)sql";

namespace {

std::optional<double> number_or_nothing(const nlohmann::json& value) {
  return value.is_null() ? std::nullopt : std::optional{number_from_json(value)};
}

bool is_known(const soci::row& row) {
  return row.get_indicator("model") == soci::i_ok;
}

settings_origin origin_of(const soci::row& row, const viewer& who) {
  if (!is_known(row) || text_of(row, "changed").empty())
    return settings_origin::computed;
  return int64_of(row, "by") == who.account ? settings_origin::own
                                            : settings_origin::owner;
}

view_settings shown_of(const soci::row& row, const viewer& who) {
  view_settings found;
  found.image = int64_of(row, "id");
  found.settings = settings_of(row);
  found.at = first_plane_of(row);
  found.origin = origin_of(row, who);
  found.changed = text_of(row, "changed");
  found.may_save = bool_of(row, "may_save");
  found.owner = {int64_of(row, "owner_id"), text_of(row, "owner_login"),
                 text_of(row, "owner_name")};
  found.size = {int32_of(row, "size_x"), int32_of(row, "size_y"), int32_of(row, "size_z"),
                int32_of(row, "size_c"), int32_of(row, "size_t")};
  found.type = static_cast<pixel_type>(int32_of(row, "pixel_type"));
  found.significant_bits = int32_of(row, "significant_bits");
  return found;
}

} // namespace

std::vector<render::channel_facts> channel_facts_of(const soci::row& row) {
  std::vector<render::channel_facts> channels;
  for (const auto& c : json_of(row, "facts")) {
    auto& facts = channels.emplace_back();
    facts.type = static_cast<pixel_type>(int32_of(row, "pixel_type"));
    facts.significant_bits = int32_of(row, "significant_bits");
    facts.rgb = bool_of(row, "rgb");
    if (const auto& color = c.at("color"); !color.is_null())
      facts.file_color = color_from(color);
    facts.emission = number_or_nothing(c.at("emission"));
    facts.excitation = number_or_nothing(c.at("excitation"));
    if (auto low = number_or_nothing(c.at("min")))
      facts.range = {*low, number_from_json(c.at("max"))};
  }
  return channels;
}

render::settings settings_of(const soci::row& row) {
  const auto facts = channel_facts_of(row);
  auto found = render::default_settings(facts);
  if (!is_known(row))
    return found;
  found.model = static_cast<render::model>(int32_of(row, "model"));
  const auto quantum = json_of(row, "quantum");
  found.levels = {quantum.at(0), quantum.at(1), quantum.at(2)};
  for (auto& saved : channels_from(json_of(row, "settings")))
    if (saved.index >= 0 && static_cast<size_t>(saved.index) < facts.size()) {
      const auto i = static_cast<size_t>(saved.index);
      saved.statistics = facts[i].range;
      found.channels[i] = std::move(saved);
    }
  return found;
}

plane_index first_plane_of(const soci::row& row) {
  if (!is_known(row))
    return render::default_plane(int32_of(row, "size_z"));
  return {int32_of(row, "z"), int32_of(row, "t")};
}

settings_facts read_settings(soci::session& sql, const viewer& who, int64_t image) {
  auto viewer = to_sql(who);
  soci::row row;
  sql << kept
      << fmt::format(R"sql(
    select i.id, i.size_x, i.size_y, i.size_z, i.size_c, i.size_t, i.pixel_type,
           i.significant_bits, i.rgb, {}, v.owner_id as by, rfc3339(v.changed) as changed,
           cast(annotatable(i.owner_id, i.group_id, cast(:who as viewer)) as integer)
             as may_save,
           a.id as owner_id, a.login as owner_login, a.name as owner_name
      from images as i
      join accounts as a on a.id = i.owner_id {}
     where i.id = :image
       and visible(i.owner_id, i.group_id, cast(:who as viewer)))sql",
                     settings_columns, settings_join),
    soci::use(image, "image"), soci::use(viewer, "who"), soci::into(row);
  if (!sql.got_data())
    throw failure{errc::not_found, "image " + std::to_string(image)};
  return {shown_of(row, who), channel_facts_of(row)};
}

void keep_settings(soci::session& sql, const viewer& who, const render::settings& s,
                   const std::vector<kept_settings>& images,
                   const settings_audit& audit) {
  auto places = nlohmann::json::array(), ids = nlohmann::json::array();
  for (const auto& one : images) {
    places.push_back({{"image", one.image}, {"z", one.at.z}, {"t", one.at.t}});
    ids.push_back(one.image);
  }
  auto rows = places.dump(), channels = to_json(s.channels).dump();
  auto detail = nlohmann::json{{"images", ids}}.dump();
  auto quantum = array_of({s.levels.start, s.levels.end, s.levels.resolution});
  int model = static_cast<int>(s.model);
  sql << R"sql(
    with saved as (
      insert into renderings (image_id, owner_id, model, z, t, channels, quantum, changed)
      select x.image, :account, :model, x.z, x.t, cast(:channels as jsonb),
             cast(:quantum as smallint[]), now()
        from json_to_recordset(cast(:rows as json)) as x (image bigint, z integer, t integer)
      on conflict (image_id, owner_id) do update
         set model = excluded.model, z = excluded.z, t = excluded.t,
             channels = excluded.channels, quantum = excluded.quantum,
             changed = excluded.changed
      returning image_id
    ), drawn_anew as (
      update images as i set version = i.version + 1
        from saved
       where i.id = saved.image_id
    )
    insert into audits (account_id, action, kind, object_id, group_id, detail)
    select :account, :action, :kind, i.id, i.group_id, cast(:detail as jsonb)
      from images as i
     where i.id = :object)sql",
    soci::use(who.account, "account"), soci::use(model, "model"),
    soci::use(channels, "channels"), soci::use(quantum, "quantum"),
    soci::use(rows, "rows"), soci::use(audit.action, "action"),
    soci::use(object_kind::image, "kind"), soci::use(detail, "detail"),
    soci::use(audit.object, "object");
}

} // namespace troupe
