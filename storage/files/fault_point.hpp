// Places where a test can make the process die, to show that nothing is lost there.

#pragma once

namespace troupe {

/// Kills the process with SIGKILL when the environment's TROUPE_FAULT_POINT is `name`.
void fault_point(const char* name);

} // namespace troupe
