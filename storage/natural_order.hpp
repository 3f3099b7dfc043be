// Names in the order people count: z2 before z10.

#pragma once

#include <string_view>

namespace troupe {

/// Digits compare by value, everything else by byte.
bool natural_less(std::string_view a, std::string_view b);

} // namespace troupe
