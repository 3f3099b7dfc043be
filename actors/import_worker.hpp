// The workers behind the imports room: one runs imports, one measures what was too big
// to be read before it could be shown.

#pragma once

#include "actors/dispatcher.hpp"
#include "actors/import_run.hpp"
#include "actors/pyramids.hpp"
#include "actors/thumbnail.hpp"

namespace troupe {

struct run_import {
  static constexpr bool local = true;
  int64_t import = 0;
  known_hashes hashes;
  std::shared_ptr<import_progress> progress;
  errand who;
  using reply = done;
  std::string key() const { return std::to_string(import); }
};

struct run_measure {
  static constexpr bool local = true;
  measure_job job;
  std::shared_ptr<import_progress> progress;
  errand who;
  using reply = done;
  std::string key() const { return std::to_string(job.fileset); }
};

using import_worker_actor = caf::typed_actor<ask<run_import>>;
using measure_worker_actor = caf::typed_actor<ask<run_measure>>;

/// What both need of the company.
struct import_tools {
  static constexpr bool local = true;
  configuration config;
  database_actor database;
  thumbnail_actor thumbnails;
  pyramids_actor pyramids;
};

struct import_worker_state : room_state {
  static inline const char* name = "import-worker";
  import_worker_state() = default;
};
import_worker_actor::behavior_type
import_worker(import_worker_actor::stateful_pointer<import_worker_state> self,
              meter_ptr counted, import_tools tools);

struct measure_worker_state : room_state {
  static inline const char* name = "measure-worker";
  measure_worker_state() = default;
};
measure_worker_actor::behavior_type
measure_worker(measure_worker_actor::stateful_pointer<measure_worker_state> self,
               meter_ptr counted, import_tools tools);

} // namespace troupe
