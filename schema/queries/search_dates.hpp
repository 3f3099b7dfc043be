// Days, months and years as people write them.

#pragma once

#include <string>
#include <string_view>

namespace troupe {

/// [begin, end) in RFC 3339, UTC.
struct time_period {
  std::string begin, end;
};

/// Of "2024", "2024-03" or "2024-03-15".
/// @throws failure{bad_request} when it is none of these.
time_period period_of(std::string_view date);

} // namespace troupe
