// Which passwords are refused, and why.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace troupe {

constexpr int64_t least_password_characters = 8;
constexpr size_t most_password_bytes = 1024;

/// Refuses what is guessed first. Case does not make a difference.
/// @param login  of the account; empty when it is not known.
/// @throws failure{bad_request} with the reason: fewer than `least` characters, more than
/// 1024
///         bytes, one character repeated, the login, a widespread password.
void check_fresh_password(std::string_view password, std::string_view login = {},
                          int64_t least = least_password_characters);

} // namespace troupe
