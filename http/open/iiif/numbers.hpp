// The numbers of an image request.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace troupe::http::iiif {

/// Digits only, at most nine. @returns nothing for other text.
std::optional<int32_t> whole_number(std::string_view text);

/// Digits, with or without a point between or before them. @returns nothing for other
/// text.
std::optional<double> decimal_number(std::string_view text);

/// What stands between commas; one empty text for none.
std::vector<std::string_view> split_at_commas(std::string_view text);

} // namespace troupe::http::iiif
