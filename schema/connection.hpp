// One connection to PostgreSQL and what its errors mean.

#pragma once

#include <soci/soci.h>

#include <chrono>
#include <exception>
#include <string>

namespace troupe {

struct connection_options {
  std::string uri; ///< libpq URI or key=value string
  std::chrono::milliseconds statement_timeout{15000};
  std::string application = "troupe";
};

/// Opens and sets time zone UTC, timeouts, search path.
/// @throws failure{unavailable} naming the reason, never the password.
void connect(soci::session& sql, const connection_options& how);

/// @returns whether the server still answers on this connection (no round trip).
bool is_alive(soci::session& sql);

/// Translates what SOCI threw (call inside a catch block): unique violation -> conflict,
/// foreign key -> not_found, connection lost, shutdown or timeout -> unavailable,
/// else internal. The text never holds parameter values.
[[noreturn]] void rethrow_as_failure(soci::session& sql);

/// Whether trying the whole transaction again may help (40001, 40P01).
bool is_retryable(const std::exception& e);

} // namespace troupe
