// Colours as text and numbers.

#pragma once

#include "storage/pixels.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace troupe::regions {

/// "#RRGGBBAA".
std::string text_of(const rgba& color);
/// "#RRGGBB" or "#RRGGBBAA". @returns nothing for other text.
std::optional<rgba> color_in(std::string_view text);

/// 0xRRGGBBAA, as the database and the API have it.
int64_t number_of(const rgba& color);
rgba color_of(uint32_t rgba_bits);

/// 0xAARRGGBB, as ImageJ has it.
uint32_t argb_of(const rgba& color);
rgba color_of_argb(uint32_t argb_bits);

} // namespace troupe::regions
