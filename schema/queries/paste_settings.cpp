// Rendering settings of one image put on others. Rendering reference, section 8.

#include "schema/queries/audit.hpp"
#include "schema/queries/view_settings_rows.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace troupe {

namespace {

constexpr size_t most_targets = 1000;

/// A target as far as it decides whether settings fit.
struct candidate {
  bool may_save = false;
  dimensions size;
  pixel_type type = pixel_type::uint8;
  plane_index at;
  std::vector<std::optional<double>> emissions;
};

std::vector<std::optional<double>>
emissions_of(const std::vector<render::channel_facts>& channels) {
  std::vector<std::optional<double>> found;
  for (const auto& c : channels)
    found.push_back(c.emission);
  return found;
}

std::map<int64_t, candidate> read_candidates(soci::session& sql, const viewer& viewer,
                                             const std::vector<int64_t>& targets) {
  auto who = to_sql(viewer), ids = array_of(targets);
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(R"sql(
    select i.id, i.size_x, i.size_y, i.size_z, i.size_c, i.size_t, i.pixel_type,
           i.significant_bits, i.rgb, {},
           cast(annotatable(i.owner_id, i.group_id, cast(:who as viewer)) as integer)
             as may_save
      from images as i {}
     where i.id = any(cast(:ids as bigint[]))
       and visible(i.owner_id, i.group_id, cast(:who as viewer)))sql",
                                settings_columns, settings_join),
     soci::use(ids, "ids"), soci::use(who, "who"));
  std::map<int64_t, candidate> found;
  for (const auto& row : rows)
    found[int64_of(row, "id")] = {bool_of(row, "may_save"),
                                  {int32_of(row, "size_x"), int32_of(row, "size_y"),
                                   int32_of(row, "size_z"), int32_of(row, "size_c"),
                                   int32_of(row, "size_t")},
                                  static_cast<pixel_type>(int32_of(row, "pixel_type")),
                                  first_plane_of(row),
                                  emissions_of(channel_facts_of(row))};
  return found;
}

/// @returns why the settings do not fit, empty when they do.
std::string obstacle(const settings_facts& from, const candidate& to) {
  if (!to.may_save)
    return "its group lets you look, not annotate";
  if (to.type != from.shown.type)
    return fmt::format("its samples are {}, not {}", name_of(to.type),
                       name_of(from.shown.type));
  if (to.size.c != from.shown.size.c)
    return fmt::format("it has {} channels, not {}", to.size.c, from.shown.size.c);
  const auto known = emissions_of(from.channels);
  for (const auto& wavelength : to.emissions)
    if (std::find(known.begin(), known.end(), wavelength) == known.end())
      return "its channels have other emission wavelengths";
  return "";
}

plane_index where_possible(plane_index wanted, const candidate& to) {
  return {wanted.z < to.size.z ? wanted.z : to.at.z,
          wanted.t < to.size.t ? wanted.t : to.at.t};
}

} // namespace

pasted_settings run(soci::session& sql, const paste_settings& q) {
  const auto targets =
    q.chosen ? resolve(sql, q.who, object_type::image, *q.chosen) : q.targets;
  if (targets.size() > most_targets)
    throw failure{errc::bad_request,
                  fmt::format("settings go to at most {} images at once", most_targets)};
  const auto from = read_settings(sql, q.who, q.image);
  auto candidates = read_candidates(sql, q.who, targets);
  pasted_settings out;
  std::vector<kept_settings> fitting;
  std::set<int64_t> given; // once, however often an image is named
  for (auto id : targets) {
    const auto found = candidates.find(id);
    auto why = found == candidates.end() ? fmt::format("image {}", id)
                                         : obstacle(from, found->second);
    if (why.empty() && given.insert(id).second)
      fitting.push_back({id, where_possible(from.shown.at, found->second)});
    out.targets.push_back({id, std::move(why)});
  }
  if (!fitting.empty())
    keep_settings(sql, q.who, from.shown.settings, fitting,
                  {audit_action::paste_settings, q.image});
  return out;
}

} // namespace troupe
