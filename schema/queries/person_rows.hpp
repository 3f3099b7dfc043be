// Rows of accounts as people may see them.

#pragma once

#include "schema/queries/people.hpp"

namespace troupe {

/// @param where  SQL on accounts `a`, with :id, :after, :search and :limit.
struct person_choice {
  std::string_view where;
  int64_t id = 0;
  std::string after = {}, search = {};
  int32_t limit = 1000;
};
std::vector<account_details> read_people(soci::session& sql, const viewer& who,
                                         const person_choice& which);

/// To change somebody else's account.
/// @throws failure{denied} without modify_account, or when they have more privileges.
void require_power_over(const viewer& who, const account_details& other);

} // namespace troupe
