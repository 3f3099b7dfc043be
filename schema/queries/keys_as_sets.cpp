#include "schema/queries/keys_as_sets.hpp"

namespace troupe {

namespace {

constexpr int64_t few_rows = 1000;

bool set_later(soci::session& sql, bool yes) {
  const int wanted = yes;
  int is_later = 0;
  sql << "select cast(check_keys_later(:yes = 1) as integer)", soci::use(wanted, "yes"),
    soci::into(is_later);
  return is_later == 1;
}

} // namespace

keys_as_sets::keys_as_sets(soci::session& sql, int64_t rows) : sql_{sql} {
  if (rows <= few_rows)
    return;
  sql << "set local statement_timeout = '10min'"; // 100,000 images are no mistake
  later_ = set_later(sql, true);
}

void keys_as_sets::check_of(std::string_view table, const std::string& chosen) {
  const std::string name{table};
  if (later_)
    sql_ << "select check_keys_of(cast(:name as regclass), :chosen)",
      soci::use(name, "name"), soci::use(chosen, "chosen");
}

void keys_as_sets::check_to(std::string_view table, const std::string& ids) {
  const std::string name{table};
  if (later_)
    sql_ << "select check_keys_to(cast(:name as regclass), :ids)",
      soci::use(name, "name"), soci::use(ids, "ids");
}

void keys_as_sets::end() {
  if (later_)
    later_ = set_later(sql_, false);
}

} // namespace troupe
