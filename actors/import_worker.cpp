#include "actors/import_worker.hpp"

#include "actors/thumbnail_request.hpp"
#include "actors/work_lock.hpp"
#include "actors/worker_thread.hpp"

#include <spdlog/spdlog.h>

namespace troupe {

namespace {

constexpr int32_t most_attempts = 5; ///< at measuring one fileset

/// The server itself: sees and does everything.
const viewer import_server = the_server();

/// Has the pictures of the grid ready before anyone asks.
void draw_thumbnails(database_line& database, const import_tools& tools,
                     const import_record& record) {
  for (auto& f : record.files)
    for (auto& image : f.images) {
      auto grant = database.ask(grant_image{.who = import_server, .image = image.id});
      caf::anon_send(tools.thumbnails, thumbnail_of(grant, default_thumbnail, {}));
    }
}

done run(caf::actor_system& system, const import_tools& tools, const run_import& m) {
  database_line database{system, tools.database};
  auto lock = claim_work(tools.config.data, "import-", m.import, m.progress->halt);
  auto record = database.ask(find_import{.who = import_server, .import = m.import});
  if (record.state >= import_state::done)
    return {};
  try {
    import_run work{database, tools.config, record, m.hashes, *m.progress};
    auto finished = work.finish();
    draw_thumbnails(database, tools, finished);
    caf::anon_send(tools.pyramids, look_for_pyramids{});
    size_t images = 0;
    int64_t bytes = 0;
    for (auto& f : finished.files) {
      images += f.images.size();
      bytes += f.bytes;
    }
    spdlog::info("imported import={} images={} bytes={}", m.import, images, bytes);
  } catch (const failure& e) {
    spdlog::warn("import ended import={} code={} reason=\"{}\"", m.import,
                 to_string(e.code), e.what());
    throw;
  }
  return {};
}

done run(caf::actor_system& system, const import_tools& tools, const run_measure& m) {
  database_line database{system, tools.database};
  auto lock = claim_work(tools.config.data, "measure-", m.job.fileset, m.progress->halt);
  record_measures result{.fileset = m.job.fileset};
  if (m.job.attempts >= most_attempts) {
    result.error = "the server died each time it read this file";
    return database.ask(std::move(result));
  }
  database.ask(note_measure_attempt{m.job.fileset});
  try {
    inspection_request request;
    request.file = m.job.source.path;
    request.deadline = std::chrono::hours{12};
    auto found = std::make_shared<inspection>(inspect_in_child(
      request, m.progress->halt, [&](double f) { m.progress->fraction = f; }));
    result.settings = default_views(*found);
    result.found = found;
  } catch (const failure& e) {
    if (e.code != errc::unreadable)
      throw;
    result.error = e.what();
    spdlog::warn("measuring failed fileset={} reason=\"{}\"", m.job.fileset, e.what());
  }
  return database.ask(std::move(result));
}

} // namespace

import_worker_actor::behavior_type
import_worker(import_worker_actor::stateful_pointer<import_worker_state> self,
              meter_ptr counted, import_tools tools) {
  self->state.counted = std::move(counted);
  yield_to_others();
  return {detail::measured(self, [self, tools](const run_import& m) -> caf::result<done> {
    return run(self->system(), tools, m);
  })};
}

measure_worker_actor::behavior_type
measure_worker(measure_worker_actor::stateful_pointer<measure_worker_state> self,
               meter_ptr counted, import_tools tools) {
  self->state.counted = std::move(counted);
  yield_to_others();
  return {
    detail::measured(self, [self, tools](const run_measure& m) -> caf::result<done> {
      return run(self->system(), tools, m);
    })};
}

} // namespace troupe
