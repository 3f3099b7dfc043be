// Bytes as text.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace troupe {

std::string to_base64(std::span<const uint8_t> bytes);

/// White space between the letters is skipped; padding may be left out.
/// @returns nothing for text that is no base64.
std::optional<std::vector<uint8_t>> from_base64(std::string_view text);

} // namespace troupe
