// Lookup tables from `.lut` files. Rendering reference, section 5.2.

#pragma once

#include "storage/render/lookup_table.hpp"
#include "storage/render/settings.hpp"

namespace troupe::render {

/// Recognises NIH Image's format (header "ICOL"), 768 raw bytes (also in 970), and text
/// of 3 or 4 columns.
/// @param rules  profile `fixed` also reads short NIH files.
/// @returns nothing when the bytes are no table.
std::optional<lookup_table> read_lut(std::span<const uint8_t> file,
                                     profile rules = profile::fixed);

/// The text format: rows of red, green and blue, optionally an index before them.
std::optional<lookup_table> read_text_lut(std::string_view text);

} // namespace troupe::render
