#include "schema/queries/health.hpp"

#include "schema/migrate.hpp"

namespace troupe {

schema_health run(soci::session& sql, const check_schema&) {
  return {is_migrated(sql)};
}

} // namespace troupe
