// Whether the database is there and fits this program.

#pragma once

#include "schema/message.hpp"

#include <soci/soci.h>

namespace troupe {

struct schema_health {
  static constexpr bool local = true;
  bool migrated = false;
};

struct check_schema {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  using reply = schema_health;
};
schema_health run(soci::session& sql, const check_schema& q);

} // namespace troupe
