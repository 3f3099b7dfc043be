// How many files and bytes are kept, and whose they are: for administrators.

#pragma once

#include "schema/message.hpp"

#include <soci/soci.h>

namespace troupe {

struct stored_part {
  int64_t id = 0;   ///< of a group or an account, 0 of a format
  std::string name; ///< of the group, the account, the format
  int64_t files = 0, bytes = 0;
};
struct stored_bytes {
  static constexpr bool local = true;
  int64_t files = 0, bytes = 0;
  std::vector<stored_part> groups, owners, formats; ///< the most bytes first
  int64_t in_place = 0; ///< bytes that lie where others keep them
  int64_t trash = 0;    ///< bytes of what may come back
};

/// Originals and attachments; files read in place count as all others do.
/// @throws failure{denied} for who is no administrator.
struct sum_stored_bytes {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  using reply = stored_bytes;
};
stored_bytes run(soci::session& sql, const sum_stored_bytes& q);

} // namespace troupe
