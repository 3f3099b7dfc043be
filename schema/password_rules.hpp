// Which passwords are refused, and why.

#pragma once

#include <cstddef>
#include <string_view>

namespace troupe {

constexpr size_t most_password_bytes = 1024;

/// Refuses what is guessed first. Case does not make a difference.
/// @param login  of the account; empty when it is not known.
/// @throws failure{bad_request} with the reason: fewer than 8 characters, more than 1024
///         bytes, one character repeated, the login, a widespread password.
void check_fresh_password(std::string_view password, std::string_view login = {});

} // namespace troupe
