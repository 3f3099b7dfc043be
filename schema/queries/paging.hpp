// Where a list goes on: an opaque key made of the last row's sort value and id.

#pragma once

#include "schema/message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace troupe {

struct list_position {
  std::string value; ///< of the column the list is sorted by
  int64_t id = 0;    ///< of the row, decides between equal values
  int64_t total = 0; ///< as counted for the first page: later ones need not count again
  bool operator==(const list_position&) const = default;
};

/// @param list  which list and order it belongs to, e.g. "images/name".
std::string to_key(std::string_view list, const list_position& at);

/// @returns nothing for the first page.
/// @throws failure{bad_request} when it is no key of that list.
std::optional<list_position> position_of(std::string_view list, const page_request& page);

/// @throws failure{bad_request} unless 1..1000.
int32_t limit_of(const page_request& page);

/// Whether `text` is a time as rfc3339() in SQL writes it, and such a day exists.
bool is_time(std::string_view text);

/// Drops the row that was read beyond the limit and remembers where to go on.
/// @param value  of an item: what the list is sorted by.
template <class T, class Value>
void end_page(page<T>& found, int32_t limit, std::string_view list, Value value) {
  if (found.items.size() <= static_cast<size_t>(limit))
    return;
  found.items.resize(static_cast<size_t>(limit));
  const auto& last = found.items.back();
  found.next = to_key(list, {value(last), last.id, found.total});
}

} // namespace troupe
