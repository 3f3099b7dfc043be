// What every question to the database is made of. Knows no CAF; `inspect` is all an
// actor needs to send a value.

#pragma once

#include "schema/request_trace.hpp"

#include <algorithm>
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

/// What an administrator may do; stored as bits, never renumber.
enum class privilege : int32_t {
  act_as = 1,
  write_owned = 2,
  write_file = 4,
  write_managed_repo = 8,
  write_script_repo = 16,
  delete_owned = 32,
  delete_file = 64,
  delete_managed_repo = 128,
  delete_script_repo = 256,
  move = 512,
  give = 1024,
  modify_group = 2048,
  modify_membership = 4096,
  modify_account = 8192,
  read_session = 16384,
};
constexpr int32_t all_privileges = 32767;

/// Who is asking, what they may see and change. Made by viewer_of() in SQL, which alone
/// decides; the session stamps it over whatever arrived.
struct viewer {
  static constexpr bool local = true;
  int64_t account = 0;
  int64_t group = 0;         ///< where new objects go
  bool everything = false;   ///< an administrator, restricted or not, sees all
  std::vector<int64_t> full; ///< groups whose objects are all visible
  std::vector<int64_t> own;  ///< groups where only the viewer's own are
  int64_t author = 0;        ///< the account, 0 when it changes nothing
  int32_t privileges = 0;
  std::vector<int64_t> edit, annotate, link, led; ///< groups
  int64_t session = 0, sudoer = 0; ///< for the history: through what, and on whose behalf
  int64_t share = 0;               ///< sees only what this share shows; 0 = comes by none
  bool takes_files = true; ///< original files may be downloaded, if the server lets them

  bool may(privilege p) const { return (privileges & static_cast<int32_t>(p)) != 0; }
  bool leads(int64_t id) const {
    return std::find(led.begin(), led.end(), id) != led.end();
  }
  bool operator==(const viewer&) const = default;
};

/// Work of the server itself.
inline viewer the_server() {
  return {.everything = true, .privileges = all_privileges};
}

/// @returns the SQL literal of type `viewer`, to be bound and cast: cast(:who as viewer).
std::string to_sql(const viewer& who);

/// The viewer as it sees and works inside some groups only.
viewer within(viewer who, const std::vector<int64_t>& groups);
/// The same for one that it sees. @throws failure{not_found} for another.
viewer within_group(const viewer& who, int64_t group);

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
