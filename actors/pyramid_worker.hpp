// The worker behind the pyramids room: watches a child process that decodes and writes.

#pragma once

#include "actors/dispatcher.hpp"
#include "actors/import_run.hpp"

namespace troupe {

/// What is to be seen of a pyramid under construction, from any thread.
struct pyramid_progress {
  std::atomic<double> fraction{0};
  std::atomic<bool> halt{false};
};

struct build_pyramid {
  static constexpr bool local = true;
  pyramid_job job;
  std::shared_ptr<pyramid_progress> progress;
  errand who;
  using reply = done;
  std::string key() const { return std::to_string(job.image); }
};

using pyramid_worker_actor = caf::typed_actor<ask<build_pyramid>>;

struct pyramid_worker_state : room_state {
  static inline const char* name = "pyramid-worker";
  pyramid_worker_state() = default;
};

pyramid_worker_actor::behavior_type
pyramid_worker(pyramid_worker_actor::stateful_pointer<pyramid_worker_state> self,
               meter_ptr counted, database_actor database, std::filesystem::path data);

} // namespace troupe
