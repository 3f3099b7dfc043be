// The whole program at work: database, actors, gate; started in order, stopped in
// reverse.

#pragma once

#include "http/settings.hpp"

namespace troupe::http {

/// Serves until SIGTERM or SIGINT. Call from the main thread, before any other thread
/// exists. @returns the exit code. @throws failure when it cannot start.
int serve(const loaded_settings& settings);

} // namespace troupe::http
