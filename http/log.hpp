// One line per event on stderr: text for people, JSON for machines.

#pragma once

#include "actors/configuration.hpp"

namespace troupe::http {

/// @throws failure{bad_request} for an unknown level or format.
void start_log(const configuration& config);

} // namespace troupe::http
