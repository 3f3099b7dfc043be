// What every question to the database is made of. Knows no CAF; `inspect` is all an
// actor needs to send a value.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace troupe {

/// Values that never leave their node say `static constexpr bool local = true` and need
/// no field list. What a render worker on another machine gets writes its own inspect.
template <class Inspector, class Local>
requires(Local::local) auto inspect(Inspector& f, Local&) {
  return f();
}

/// The answer of a message that only does something.
struct done {
  static constexpr bool local = true;
};

/// Who is asking and what they may see. The session stamps it over whatever arrived.
struct viewer {
  static constexpr bool local = true;
  int64_t account = 0;
  int64_t group = 0;         ///< where new objects go
  bool admin = false;        ///< sees and does everything
  std::vector<int64_t> full; ///< groups whose objects are all visible
  std::vector<int64_t> own;  ///< groups where only the viewer's own are
};

/// @returns the SQL literal of type `viewer`, to be bound and cast: cast(:who as viewer).
std::string to_sql(const viewer& who);

/// A slice of a list, by key. `after` is what the slice before gave as `next`.
struct page_request {
  std::string after;
  int32_t limit = 100; ///< 1..1000
};

template <class T>
struct page {
  static constexpr bool local = true;
  std::vector<T> items;
  int64_t total = 0;
  std::string next; ///< empty at the end
};

struct person {
  int64_t id = 0;
  std::string login, name;
};

} // namespace troupe
