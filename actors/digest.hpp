// Short names for long keys.

#pragma once

#include <string>
#include <string_view>

namespace troupe {

/// @returns 32 hex digits of SHA-256: no two different texts share it in practice.
std::string digest(std::string_view text);

} // namespace troupe
