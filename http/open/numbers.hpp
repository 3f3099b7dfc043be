// The numbers of addresses that others laid down: digits, and nothing around them.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace troupe::http {

/// At most nine digits. @returns nothing for other text.
std::optional<int32_t> plain_number(std::string_view text);

/// At most eighteen digits. @returns nothing for other text.
std::optional<int64_t> plain_id(std::string_view text);

/// Digits, with or without a point. @returns nothing for other text.
std::optional<double> plain_decimal(std::string_view text);

/// What stands between commas; one empty text for none.
std::vector<std::string_view> split_at_commas(std::string_view text);

} // namespace troupe::http
