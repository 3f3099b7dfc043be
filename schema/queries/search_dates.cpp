#include "schema/queries/search_dates.hpp"

#include "storage/failure.hpp"

#include <fmt/format.h>

#include <chrono>

namespace troupe {

namespace {

namespace when = std::chrono;

/// @returns -1 unless all are digits.
int digits_of(std::string_view digits) {
  int value = digits.empty() ? -1 : 0;
  for (char c : digits) {
    if (c < '0' || c > '9')
      return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string iso_text(const when::year_month_day& day) {
  return fmt::format("{:04}-{:02}-{:02}T00:00:00Z", int{day.year()},
                     unsigned{day.month()}, unsigned{day.day()});
}

} // namespace

time_period period_of(std::string_view date) {
  const auto length = date.size();
  const bool shaped = length == 4 || (length == 7 && date[4] == '-')
                      || (length == 10 && date[4] == '-' && date[7] == '-');
  const auto year = shaped ? digits_of(date.substr(0, 4)) : -1;
  const auto month = length > 4 && shaped ? digits_of(date.substr(5, 2)) : 1;
  const auto day = length > 7 && shaped ? digits_of(date.substr(8, 2)) : 1;
  const when::year_month_day first{when::year{year},
                                   when::month(static_cast<unsigned>(month)),
                                   when::day(static_cast<unsigned>(day))};
  if (!shaped || year < 1 || year > 9998 || month < 1 || day < 1 || !first.ok())
    throw failure{errc::bad_request, fmt::format("\"{}\" is no date", date)};
  const auto end = length == 4 ? first + when::years{1}
                   : length == 7
                     ? first + when::months{1}
                     : when::year_month_day{when::sys_days{first} + when::days{1}};
  return {iso_text(first), iso_text(end)};
}

} // namespace troupe
