// Brings a database to this program's schema.

#pragma once

#include <soci/soci.h>

#include <string>
#include <string_view>
#include <vector>

namespace troupe {

struct migration {
  int version;
  std::string_view name; ///< "0001_accounts"
  std::string_view sql;
};

/// The files of schema/migrations, embedded by the build, in order.
extern const std::vector<migration> migrations;

/// Applies what is missing, one transaction each, under an advisory lock.
/// @returns how many were applied.
/// @throws failure{conflict} when the database is newer than this program or an applied
///         migration has another checksum; both are named.
int migrate(soci::session& sql, const std::vector<migration>& steps = migrations);

/// Whether every migration of this program is applied.
bool is_migrated(soci::session& sql);

/// Takes the lock that says "a server lives on this database", for this session's life.
/// @returns false when another holds it.
bool claim_database(soci::session& sql);

} // namespace troupe
