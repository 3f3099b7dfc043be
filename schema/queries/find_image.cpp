// Everything there is to say about one image.

#include "schema/kept_plans.hpp"
#include "schema/queries/image_rows.hpp"
#include "schema/queries/repos.hpp"
#include "schema/queries/view_settings_rows.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe {

namespace {

constexpr std::string_view channels_query = R"sql(
  select json_agg(json_build_object('name', c.name, 'min', c.min, 'max', c.max,
                                    'emission', c.emission, 'excitation', c.excitation)
                  order by c.position)
    from channels as c
   where c.image_id = i.id)sql";

constexpr std::string_view pyramid_query = R"sql(
  select json_build_object('state', j.state, 'attempts', j.attempts,
                           'progress', j.progress, 'error', j.error)
    from jobs as j
   where j.kind = 2 and j.dedup = cast(i.id as text)
   order by j.state
   limit 1)sql";

constexpr std::string_view files_query = R"sql(
  select json_agg(json_build_object('name', f.name, 'bytes', f.bytes,
                                    'sha256', coalesce(encode(f.sha256, 'hex'), ''))
                  order by f.position)
    from files as f
   where f.fileset_id = i.fileset_id)sql";

constexpr std::string_view places_query = R"sql(
  select json_agg(json_build_object('id', d.id, 'name', d.name,
                                    'description', d.description, 'projects', (
           select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name,
                                                      'description', p.description)
                                    order by p.name collate nat, p.id), '[]')
             from links as up
             join projects as p on p.id = up.parent_id
            where up.child_id = d.id and up.kind = 1
              and visible(p.owner_id, p.group_id, cast(:who as viewer))))
                  order by d.name collate nat, d.id)
    from links as l
    join datasets as d on d.id = l.parent_id
   where l.child_id = i.id and l.kind = 2
     and visible(d.owner_id, d.group_id, cast(:who as viewer)))sql";

std::optional<formats::quantity> quantity_of(const soci::row& row,
                                             const std::string& column) {
  auto value = double_of(row, column.c_str());
  if (!value)
    return std::nullopt;
  return formats::quantity{*value, text_of(row, (column + "_unit").c_str())};
}

std::optional<double> optional_number(const nlohmann::json& value) {
  return value.is_null() ? std::nullopt : std::optional{number_from_json(value)};
}

std::vector<image_channel> channels_of(const soci::row& row) {
  std::vector<image_channel> channels;
  for (const auto& c : json_of(row, "channels")) {
    auto& channel = channels.emplace_back();
    channel.name = c.at("name");
    channel.min = optional_number(c.at("min"));
    channel.max = optional_number(c.at("max"));
    channel.emission = optional_number(c.at("emission"));
    channel.excitation = optional_number(c.at("excitation"));
  }
  auto settings = settings_of(row).channels;
  for (size_t i = 0; i < channels.size(); ++i)
    channels[i].settings = std::move(settings.at(i));
  return channels;
}

/// A job says how far it is; without one there are levels of ours or none.
void add_pyramid(image_details& found, const soci::row& row) {
  const auto job = json_of(row, "pyramid");
  if (bool_of(row, "has_pyramid")) {
    found.pyramid = pyramid_state::ready;
    found.pyramid_progress = 1;
  } else if (!job.empty()) {
    found.pyramid = job.at("state") != 0      ? pyramid_state::failed
                    : job.at("attempts") != 0 ? pyramid_state::building
                                              : pyramid_state::waiting;
    found.pyramid_progress = job.at("progress");
    found.pyramid_error = job.at("error");
  }
}

std::vector<image_file> files_of(const soci::row& row) {
  std::vector<image_file> files;
  for (const auto& f : json_of(row, "files"))
    files.push_back({f.at("name"), f.at("sha256"), f.at("bytes")});
  return files;
}

named_parent parent_from(const nlohmann::json& found) {
  return {found.at("id"), found.at("name"), found.at("description")};
}

std::vector<image_details::place> places_of(const soci::row& row) {
  std::vector<image_details::place> places;
  for (const auto& d : json_of(row, "places")) {
    auto& place = places.emplace_back();
    place.dataset = parent_from(d);
    for (const auto& p : d.at("projects"))
      place.projects.push_back(parent_from(p));
  }
  return places;
}

bool has_plain_levels(const render::settings& s) {
  return s.levels == render::quantum{}
         && std::ranges::none_of(s.channels, [](auto& c) { return c.noise_reduction; });
}

image_details details_of(const soci::row& row) {
  image_details found;
  found.entry = entry_of(row);
  found.description = text_of(row, "description");
  found.group = int64_of(row, "group_id");
  found.group_name = text_of(row, "group_name");
  found.error = text_of(row, "error");
  found.format = text_of(row, "format");
  found.imported = text_of(row, "imported");
  found.significant_bits = int32_of(row, "significant_bits");
  found.series = int32_of(row, "series");
  found.rgb = bool_of(row, "rgb");
  found.in_place = int64_of(row, "repo_id") == repo::external;
  found.physical_x = quantity_of(row, "physical_x");
  found.physical_y = quantity_of(row, "physical_y");
  found.physical_z = quantity_of(row, "physical_z");
  found.time_increment = quantity_of(row, "time_increment");
  found.channels = channels_of(row);
  const auto settings = settings_of(row);
  found.model = settings.model;
  found.plain_levels = has_plain_levels(settings);
  found.first = first_plane_of(row);
  found.levels = levels_from(json_of(row, "levels"));
  found.tile = extent_from(json_of(row, "tile"));
  add_pyramid(found, row);
  found.files = files_of(row);
  found.datasets = places_of(row);
  return found;
}

} // namespace

image_details run(soci::session& sql, const find_image& q) {
  auto who = to_sql(q.who);
  soci::row row;
  sql << kept
      << fmt::format(
           R"sql(
    select {entry},
           i.description, i.group_id, g.name as group_name, i.error, s.format, s.repo_id,
           rfc3339(s.created) as imported, i.significant_bits, i.series, i.rgb,
           i.physical_x, i.physical_x_unit, i.physical_y, i.physical_y_unit,
           i.physical_z, i.physical_z_unit, i.time_increment, i.time_increment_unit,
           {settings},
           cast(array_to_json(i.levels) as text) as levels,
           cast(array_to_json(i.tile) as text) as tile,
           i.own_levels is not null as has_pyramid,
           cast(({pyramid}) as text) as pyramid,
           cast(({channels}) as text) as channels,
           cast(({files}) as text) as files,
           cast(({places}) as text) as places,
           cast({context} as text) as context
      from images as i
      join accounts as a on a.id = i.owner_id
      join groups as g on g.id = i.group_id
      join filesets as s on s.id = i.fileset_id
      {settings_join}
     where i.id = :image
       and visible(i.owner_id, i.group_id, cast(:who as viewer)))sql",
           fmt::arg("entry", entry_columns), fmt::arg("pyramid", pyramid_query),
           fmt::arg("channels", channels_query), fmt::arg("files", files_query),
           fmt::arg("places", places_query), fmt::arg("settings", settings_columns),
           fmt::arg("settings_join", settings_join),
           fmt::arg("context", q.with_context ? image_context_query : "null")),
    soci::use(q.image, "image"), soci::use(who, "who"), soci::into(row);
  if (!sql.got_data())
    throw failure{errc::not_found, "image " + std::to_string(q.image)};
  auto found = details_of(row);
  if (q.with_context)
    found.context = image_context_from(json_of(row, "context"));
  return found;
}

} // namespace troupe
