#include "actors/pyramid_worker.hpp"

#include "actors/work_lock.hpp"
#include "actors/worker_thread.hpp"
#include "storage/files/fault_point.hpp"

#include <spdlog/spdlog.h>

namespace troupe {

namespace {

constexpr int32_t most_pyramid_attempts = 5; ///< at one image
constexpr auto tell_every = std::chrono::seconds{1};

inspection_request request_for(const pyramid_job& job,
                               const std::filesystem::path& data) {
  inspection_request request;
  request.file = job.source.path;
  request.deadline = std::chrono::hours{12};
  request.memory_limit = int64_t{4} << 30;
  // All levels are 4/3 of the samples, which may not compress.
  request.derive = {job.source.series,
                    data / managed_directory::derived_folder(job.image),
                    job.bytes / 2 * 3 + (64 << 20)};
  return request;
}

/// What came of it, for the image's row.
record_pyramid result_of(const pyramid_job& job, const inspection& found) {
  auto series = static_cast<size_t>(job.source.series);
  record_pyramid result{.image = job.image};
  result.levels = found.what.images.at(series).levels;
  for (auto& c : found.measured.at(series).channels)
    result.ranges.push_back(c);
  result.settings = default_views(found).at(series);
  return result;
}

record_pyramid build(database_line& database, const build_pyramid& m,
                     const std::filesystem::path& data) {
  if (m.job.attempts >= most_pyramid_attempts)
    return {.image = m.job.image, .error = "the server died each time it was made"};
  database.ask(note_pyramid{.image = m.job.image, .begins = true});
  auto told = std::chrono::steady_clock::now();
  auto tell = [&](double done) {
    m.progress->fraction = done;
    if (std::chrono::steady_clock::now() - told < tell_every)
      return;
    told = std::chrono::steady_clock::now();
    database.ask(note_pyramid{.image = m.job.image, .progress = done});
  };
  try {
    auto found = inspect_in_child(request_for(m.job, data), m.progress->halt, tell);
    fault_point("pyramid.built");
    spdlog::info("pyramid made image={}", m.job.image);
    return result_of(m.job, found);
  } catch (const failure& e) {
    if (e.code == errc::gone || e.code == errc::unavailable)
      throw; // stopped, or the next start tries again
    spdlog::warn("pyramid failed image={} reason=\"{}\"", m.job.image, e.what());
    return {.image = m.job.image, .error = e.what()};
  }
}

} // namespace

pyramid_worker_actor::behavior_type
pyramid_worker(pyramid_worker_actor::stateful_pointer<pyramid_worker_state> self,
               meter_ptr counted, database_actor database, std::filesystem::path data) {
  self->state.counted = std::move(counted);
  yield_to_others();
  return {detail::measured(
    self, [self, database, data](const build_pyramid& m) -> caf::result<done> {
      database_line line{self->system(), database};
      auto lock = claim_work(data, "pyramid-", m.job.image, m.progress->halt);
      return line.ask(build(line, m, data));
    })};
}

} // namespace troupe
