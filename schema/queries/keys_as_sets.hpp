// Changes of thousands of rows, whose foreign keys are checked together instead of one by
// one. See 0028_keys_as_sets.sql.

#pragma once

#include <soci/soci.h>

#include <string>
#include <string_view>

namespace troupe {

class keys_as_sets {
public:
  /// @param rows  that change, about: few are checked one by one, which is cheaper then,
  ///        and so are all where the database does not let us.
  keys_as_sets(soci::session& sql, int64_t rows);

  bool are_later() const { return later_; }

  /// Rows that a condition on `t` chooses have what they refer to.
  /// @throws soci::soci_error as a single row would.
  void check_of(std::string_view table, const std::string& chosen);
  /// Rows that refer to one of the ids, a query, find it.
  void check_to(std::string_view table, const std::string& ids);

  /// Single rows are checked again. Everything was checked before.
  void end();

private:
  soci::session& sql_;
  bool later_ = false;
};

} // namespace troupe
