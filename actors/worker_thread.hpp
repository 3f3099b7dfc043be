// How a worker's own thread behaves beside the actors that answer people.

#pragma once

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace troupe {

/// Lets everything else of the process go first on a busy core.
inline void yield_to_others() {
  setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), 10);
}

} // namespace troupe
