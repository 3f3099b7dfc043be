// What text may go into the database: PostgreSQL takes no NUL, SOCI cuts at one.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace troupe {

/// @returns the number of characters, or -1 when the bytes are not UTF-8.
int64_t characters_of(std::string_view bytes);

/// Text a person wrote, at most `most` characters; may hold line breaks.
/// @throws failure{bad_request} naming the field.
void check_text(std::string_view field, std::string_view text, int64_t most = 100'000);

/// A name: 1..255 characters, not blank, no control characters.
/// @throws failure{bad_request} naming the field.
void check_name(std::string_view field, std::string_view name);

/// @returns whether it is 1..64 of A-Z a-z 0-9 . _ @ -
bool is_login(std::string_view text);

/// @returns whether it is the hex of a SHA-256.
bool is_sha256(std::string_view text);

/// Text a file says: wrong bytes become U+FFFD, control characters blanks, the rest is
/// cut after `most` characters.
std::string clean_text(std::string_view bytes, int64_t most = 100'000);

/// A name for something a file brings: what it says, else its ID there, else "plate 3".
std::string file_given_name(const std::string& name, const std::string& id,
                            const std::string& kind, size_t index);

} // namespace troupe
