// Secrets: how passwords and tokens are kept.

#pragma once

#include "schema/password_rules.hpp"

#include <string>
#include <string_view>

namespace troupe {

/// Argon2id, 19 MiB, libsodium's string form. Takes tens of milliseconds.
/// @param login  of the account; empty when it is not known.
/// @param least  characters of a password
/// @throws failure{bad_request} for what check_fresh_password() refuses.
std::string hash_password(std::string_view password, std::string_view login = {},
                          int64_t least = least_password_characters);

/// Takes as long for a wrong password, an empty or a malformed secret.
bool password_matches(std::string_view password, const std::string& secret);

/// 256 random bits, base64url without padding.
std::string new_token();

/// Hex of SHA-256: what is stored of a token.
std::string hash_token(std::string_view token);

} // namespace troupe
