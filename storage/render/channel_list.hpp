// The grammar of channel lists: "1|100:2000$FF0000,-2|0:900$fire.lut,3".

#pragma once

#include "storage/render/change.hpp"

namespace troupe::render {

/// One entry as it is written.
struct channel_item {
  int32_t index = 0; ///< from 1; negative = off
  std::optional<std::pair<double, double>> window{};
  std::string color{}; ///< digits or the name of a table, as written; may be empty
  bool operator==(const channel_item&) const = default;
};

/// Entries without a number are skipped; a window needs exactly two numbers.
std::vector<channel_item> parse_channels(std::string_view text);

/// 3, 4, 6 or 8 hex digits, alpha last. @returns nothing for anything else.
std::optional<rgba> parse_html_color(std::string_view text);

/// What the entries say. Index 0, colours that are none and windows that are not finite
/// are passed over.
std::vector<channel_change> changes_of(const std::vector<channel_item>& items);

} // namespace troupe::render
