// Every long-lived actor, in start order. A row may need only rows above it; they stop in
// reverse. Adding an actor: its include and its row.

#include "actors/database.hpp"
#include "actors/housekeeping.hpp"
#include "actors/imports.hpp"
#include "actors/jobs.hpp"
#include "actors/measurements.hpp"
#include "actors/plane_render.hpp"
#include "actors/pyramids.hpp"
#include "actors/repository.hpp"
#include "actors/sessions.hpp"
#include "actors/thumbnail.hpp"
#include "examples/custom_actor/measure.hpp"

namespace troupe {

const std::vector<room_kind> roster{
  {"database", start_database},
  {"repository", start_repository},
  {"plane-render", start_plane_render},
  {"thumbnail", start_thumbnail},
  {"measurements", start_measurements},
  {"measure", start_measure},
  {"pyramids", start_pyramids},
  {"housekeeping", start_housekeeping},
  {"imports", start_imports},
  {"sessions", start_sessions},
  {"jobs", start_jobs},
};

} // namespace troupe
