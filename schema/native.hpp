// The libpq connection beneath a SOCI session, for what SOCI does not offer.

#pragma once

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

namespace troupe {

/// @returns null for a session that is not open.
inline PGconn* native(soci::session& sql) {
  // static_cast: the library hides its type information, dynamic_cast would fail.
  auto* backend = static_cast<soci::postgresql_session_backend*>(sql.get_backend());
  return backend ? backend->conn_ : nullptr;
}

} // namespace troupe
