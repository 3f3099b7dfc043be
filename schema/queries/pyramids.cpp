#include "schema/queries/pyramids.hpp"

#include "schema/queries/histograms.hpp"
#include "schema/queries/image_rows.hpp"
#include "schema/queries/renderings.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

constexpr int unmeasured = static_cast<int>(image_state::measuring),
              ready = static_cast<int>(image_state::ready),
              damaged = static_cast<int>(image_state::damaged);

void record_failure(soci::session& sql, const record_pyramid& q) {
  auto error = clean_text(q.error);
  sql << R"sql(
    with failed as (
      update jobs set state = 1, error = :error
       where kind = 2 and state = 0 and dedup = cast(cast(:image as bigint) as text)
    )
    update images set state = :damaged, error = :error, version = version + 1, updated = now()
     where id = :image and state = :measuring)sql",
    soci::use(error, "error"), soci::use(q.image, "image"), soci::use(damaged, "damaged"),
    soci::use(unmeasured, "measuring");
}

/// @returns false when the job was taken back meanwhile.
bool record_levels(soci::session& sql, const record_pyramid& q) {
  auto levels = array_of(q.levels);
  int64_t found = 0;
  sql << R"sql(
    with ended as (
      delete from jobs
       where kind = 2 and state = 0 and dedup = cast(cast(:image as bigint) as text)
      returning id
    )
    update images set own_levels = coalesce(own_levels, array_length(levels, 1)),
                      levels = cast(:levels as integer[]),
                      version = version + 1, updated = now()
     where id = :image and exists (select from ended)
    returning id)sql",
    soci::use(q.image, "image"), soci::use(levels, "levels"), soci::into(found);
  return sql.got_data();
}

void record_ranges(soci::session& sql, const record_pyramid& q) {
  auto rows = nlohmann::json::array();
  for (size_t c = 0; c < q.ranges.size(); ++c)
    rows.push_back({{"position", c},
                    {"min", number_to_json(q.ranges[c].min)},
                    {"max", number_to_json(q.ranges[c].max)},
                    {"histogram", histogram_to_json(q.ranges[c].bins)}});
  auto ranges = rows.dump(), channels = to_json(q.settings.channels).dump();
  auto model = static_cast<int>(q.settings.model);
  sql << R"sql(
    with measured as (
      update channels as c set min = x.min, max = x.max, histogram = x.histogram
        from json_to_recordset(cast(:ranges as json))
               as x (position integer, min double precision, max double precision,
                     histogram jsonb)
       where c.image_id = :image and c.position = x.position
    ), shown as (
      update renderings as v set model = :model, channels = cast(:channels as jsonb)
        from images as i
       where i.id = :image and v.image_id = i.id and v.owner_id = i.owner_id
         and v.changed is null
    )
    update images set state = :ready, error = ''
     where id = :image and state = :measuring)sql",
    soci::use(ranges, "ranges"), soci::use(q.image, "image"), soci::use(model, "model"),
    soci::use(channels, "channels"), soci::use(ready, "ready"),
    soci::use(unmeasured, "measuring");
}

} // namespace

std::vector<pyramid_job> run(soci::session& sql, const pending_pyramids&) {
  soci::rowset<soci::row> rows = (sql.prepare << fmt::format(R"sql(
    select i.id, i.series, i.pixel_type, j.attempts,
           cast(i.size_x as double precision) * i.size_y * i.size_z * i.size_c * i.size_t
             as samples, {}
      from jobs as j
      join images as i on i.id = cast(j.payload ->> 'image' as bigint)
      join filesets as s on s.id = i.fileset_id
      join files as f on f.fileset_id = s.id and f.position = 0
      join repos as r on r.id = s.repo_id
     where j.kind = 2 and j.state = 0
     order by j.priority, j.id)sql",
                                                             source_columns));
  std::vector<pyramid_job> jobs;
  for (const auto& row : rows) {
    auto type = static_cast<pixel_type>(int32_of(row, "pixel_type"));
    auto bytes = double_of(row, "samples").value_or(0) * bytes_of(type);
    jobs.push_back({int64_of(row, "id"), source_of(row),
                    static_cast<int64_t>(std::min(bytes, 1e18)),
                    int32_of(row, "attempts")});
  }
  return jobs;
}

done run(soci::session& sql, const note_pyramid& q) {
  int begins = q.begins;
  sql << R"sql(
    update jobs set attempts = case when :begins = 1 then attempts + 1 else 1 end,
                    progress = case when :begins = 1 then progress else :progress end
     where kind = 2 and state = 0 and dedup = cast(cast(:image as bigint) as text))sql",
    soci::use(begins, "begins"), soci::use(q.progress, "progress"),
    soci::use(q.image, "image");
  return {};
}

done run(soci::session& sql, const record_pyramid& q) {
  if (!q.error.empty()) {
    record_failure(sql, q);
    return {};
  }
  if (q.levels.empty())
    throw failure{errc::internal, "a pyramid without levels"};
  if (record_levels(sql, q) && !q.ranges.empty())
    record_ranges(sql, q);
  return {};
}

std::vector<int64_t> run(soci::session& sql, const list_pyramids&) {
  soci::rowset<soci::row> rows =
    (sql.prepare << "select id from images where own_levels is not null order by id");
  std::vector<int64_t> images;
  for (const auto& row : rows)
    images.push_back(int64_of(row, "id"));
  return images;
}

done run(soci::session& sql, const drop_pyramid& q) {
  auto who = to_sql(q.who);
  int64_t found = 0;
  sql << R"sql(
    update images as i
       set levels = case when own_levels is null then levels
                         else trim_array(levels, array_length(levels, 1) - own_levels) end,
           own_levels = null, version = version + 1, updated = now()
     where i.id = :image and visible(i.owner_id, i.group_id, cast(:who as viewer))
    returning i.id)sql",
    soci::use(q.image, "image"), soci::use(who, "who"), soci::into(found);
  if (!sql.got_data())
    throw failure{errc::not_found, "image " + std::to_string(q.image)};
  sql
    << "delete from jobs where kind = 2 and dedup = cast(cast(:image as bigint) as text)",
    soci::use(q.image, "image");
  if (q.again)
    sql << R"sql(
      insert into jobs (kind, dedup, payload, priority)
      select 2, cast(i.id as text), jsonb_build_object('image', i.id), 7
        from images as i
       where i.id = :image and lacks_levels(i))sql",
      soci::use(q.image, "image");
  return {};
}

} // namespace troupe
