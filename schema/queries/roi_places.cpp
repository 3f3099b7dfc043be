#include "schema/queries/roi_places.hpp"

#include "schema/queries/batch.hpp"
#include "schema/queries/rows.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe {

namespace {

constexpr int64_t most_counted_planes = 4'000'000;

std::string axis_condition(char axis,
                           const std::optional<std::pair<int32_t, int32_t>>& span) {
  return span ? fmt::format(" and (h.{0} is null or h.{0} between {1} and {2})", axis,
                            span->first, span->second)
              : "";
}

std::optional<int32_t> axis_of(const soci::row& row, const char* column) {
  if (row.get_indicator(column) == soci::i_null)
    return std::nullopt;
  return int32_of(row, column);
}

std::optional<std::pair<int32_t, int32_t>> only(std::optional<int32_t> at) {
  return at ? std::optional{std::pair{*at, *at}} : std::nullopt;
}

roi_position found_place(soci::session& sql, const place_roi& q) {
  const bool of_shape = q.type == object_type::shape;
  soci::row row;
  sql << fmt::format(
    "select r.image_id, r.id, {} from rois as r {} = :id",
    of_shape ? "h.z, h.t" : "cast(null as integer) as z, cast(null as integer) as t",
    of_shape ? "join shapes as h on h.roi_id = r.id where h.id" : "where r.id"),
    soci::use(q.id, "id"), soci::into(row);
  return {int64_of(row, "image_id"), int64_of(row, "id"), 0, 0,
          axis_of(row, "z"),         axis_of(row, "t")};
}

/// Adds what is on all sections or time points to each of them.
void spread(shape_counts& out, int64_t count, std::optional<int32_t> z,
            std::optional<int32_t> t) {
  const auto sections = static_cast<int32_t>(out.by_section.size());
  for (int32_t i = z.value_or(0); i < (z ? std::min(*z + 1, sections) : sections); ++i) {
    auto& times = out.by_section[static_cast<size_t>(i)];
    const auto all = static_cast<int32_t>(times.size());
    for (int32_t n = t.value_or(0); n < (t ? std::min(*t + 1, all) : all); ++n)
      times[static_cast<size_t>(n)] += count;
  }
}

} // namespace

std::string has_shape(const shape_wish& wish) {
  return fmt::format(
    "exists (select from shapes as h where h.roi_id = x.id{}{}{})",
    axis_condition('z', wish.z), axis_condition('t', wish.t),
    wish.kind ? fmt::format(" and h.kind = {}", static_cast<int>(*wish.kind)) : "");
}

roi_position run(soci::session& sql, const place_roi& q) {
  require_seen(sql, q.who, q.type, q.id);
  auto out = found_place(sql, q);
  if (out.image == 0)
    throw failure{errc::not_found, fmt::format("{} {}", name_of(q.type), q.id)};
  const auto who = to_sql(q.who);
  const auto chosen = q.type == object_type::shape ? has_shape({only(out.z), only(out.t)})
                                                   : std::string{"true"};
  sql << fmt::format(R"sql(
    select count(*) filter (where x.id < :roi), count(*)
      from rois as x
     where x.image_id = :image and visible(x.owner_id, x.group_id, cast(:who as viewer))
       and {})sql",
                     chosen),
    soci::use(out.roi, "roi"), soci::use(out.image, "image"), soci::use(who, "who"),
    soci::into(out.index), soci::into(out.count);
  return out;
}

shape_counts run(soci::session& sql, const count_shapes_by_plane& q) {
  require_seen(sql, q.who, object_type::image, q.image);
  int sections = 0, times = 0;
  sql << "select size_z, size_t from images where id = :image",
    soci::use(q.image, "image"), soci::into(sections), soci::into(times);
  if (int64_t{sections} * times > most_counted_planes)
    throw failure{errc::too_large,
                  fmt::format("the image has {} x {} planes, at most {} are counted",
                              sections, times, most_counted_planes)};
  shape_counts out;
  out.by_section.assign(static_cast<size_t>(sections),
                        std::vector<int64_t>(static_cast<size_t>(times)));
  const auto who = to_sql(q.who);
  soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select h.z, h.t, count(*) as count
      from shapes as h
      join rois as r on r.id = h.roi_id
     where h.image_id = :image and visible(r.owner_id, r.group_id, cast(:who as viewer))
     group by h.z, h.t)sql",
                                  soci::use(q.image, "image"), soci::use(who, "who"));
  for (const auto& row : rows)
    spread(out, int64_of(row, "count"), axis_of(row, "z"), axis_of(row, "t"));
  return out;
}

} // namespace troupe
