// What reading every sample of a fileset gave, and what is still to be read.

#include "schema/queries/histograms.hpp"
#include "schema/queries/image_rows.hpp"
#include "schema/queries/imports.hpp"
#include "schema/queries/registration_rows.hpp"
#include "schema/queries/renderings.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

constexpr int ready = static_cast<int>(image_state::ready),
              damaged = static_cast<int>(image_state::damaged);

void end_job(soci::session& sql, int64_t fileset) {
  sql << "delete from jobs where kind = 1 and dedup = cast(cast(:fileset as bigint) as "
         "text)",
    soci::use(fileset, "fileset");
}

void record_damage(soci::session& sql, const record_measures& q) {
  auto error = clean_text(q.error);
  sql << R"sql(
    update images set state = :damaged, error = :error, version = version + 1, updated = now()
     where fileset_id = :fileset)sql",
    soci::use(damaged, "damaged"), soci::use(error, "error"),
    soci::use(q.fileset, "fileset");
}

std::string range_rows(const inspection& found) {
  auto rows = nlohmann::json::array();
  for (size_t i = 0; i < found.measured.size(); ++i)
    for (size_t c = 0; c < found.measured[i].channels.size(); ++c)
      rows.push_back(
        {{"series", i},
         {"position", c},
         {"min", number_to_json(found.measured[i].channels[c].min)},
         {"max", number_to_json(found.measured[i].channels[c].max)},
         {"histogram", histogram_to_json(found.measured[i].channels[c].bins)}});
  return rows.dump();
}

std::string window_rows(const std::vector<render::settings>& settings) {
  auto rows = nlohmann::json::array();
  for (size_t i = 0; i < settings.size(); ++i)
    rows.push_back({{"series", i},
                    {"model", static_cast<int>(settings[i].model)},
                    {"channels", to_json(settings[i].channels)}});
  return rows.dump();
}

void record_ranges(soci::session& sql, const record_measures& q) {
  auto ranges = range_rows(*q.found), windows = window_rows(q.settings);
  sql << R"sql(
    with measured as (
      update channels as c set min = x.min, max = x.max, histogram = x.histogram
        from json_to_recordset(cast(:ranges as json))
               as x (series integer, position integer, min double precision,
                     max double precision, histogram jsonb),
             images as i
       where i.fileset_id = :fileset and i.series = x.series
         and c.image_id = i.id and c.position = x.position
    ), shown as (
      update renderings as v set model = x.model, channels = x.channels
        from json_to_recordset(cast(:windows as json))
               as x (series integer, model smallint, channels jsonb),
             images as i
       where i.fileset_id = :fileset and i.series = x.series
         and v.image_id = i.id and v.owner_id = i.owner_id and v.changed is null
    )
    update images set state = :ready, error = '', version = version + 1, updated = now()
     where fileset_id = :fileset)sql",
    soci::use(ranges, "ranges"), soci::use(windows, "windows"), soci::use(ready, "ready"),
    soci::use(q.fileset, "fileset");
}

} // namespace

done run(soci::session& sql, const record_measures& q) {
  if (!q.error.empty())
    record_damage(sql, q);
  else if (q.found && !q.settings.empty()
           && q.settings.size() == q.found->measured.size())
    record_ranges(sql, q);
  else
    throw failure{errc::internal, "measures that do not fit themselves"};
  end_job(sql, q.fileset);
  return {};
}

std::vector<measure_job> run(soci::session& sql, const pending_measures&) {
  soci::rowset<soci::row> rows = (sql.prepare << fmt::format(R"sql(
    select s.id, 0 as series, j.attempts, {}
      from jobs as j
      join filesets as s on s.id = cast(j.payload ->> 'fileset' as bigint)
      join files as f on f.fileset_id = s.id and f.position = 0
      join repos as r on r.id = s.repo_id
     where j.kind = 1 and j.state = 0
     order by j.priority, j.id)sql",
                                                             source_columns));
  std::vector<measure_job> jobs;
  for (const auto& row : rows)
    jobs.push_back({int64_of(row, "id"), source_of(row), int32_of(row, "attempts")});
  return jobs;
}

done run(soci::session& sql, const note_measure_attempt& q) {
  sql << R"sql(
    update jobs set attempts = attempts + 1
     where kind = 1 and state = 0 and dedup = cast(cast(:fileset as bigint) as text))sql",
    soci::use(q.fileset, "fileset");
  return {};
}

} // namespace troupe
