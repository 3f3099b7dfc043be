#include "schema/password_rules.hpp"

#include "storage/failure.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace troupe {

namespace {

// What lists of leaked passwords have in common, without what is too short anyway.
constexpr std::array<std::string_view, 40> widespread{
  "12345678",      "123456789", "1234567890", "87654321",   "987654321",  "0123456789",
  "12341234",      "11223344",  "password",   "password1",  "password12", "password123",
  "passw0rd",      "p@ssw0rd",  "qwertyuiop", "qwerty12",   "qwerty123",  "1q2w3e4r",
  "1q2w3e4r5t",    "1qaz2wsx",  "asdfghjkl",  "asdfasdf",   "abcd1234",   "abc12345",
  "abcdefgh",      "iloveyou",  "sunshine",   "princess",   "football",   "baseball",
  "superman",      "trustno1",  "welcome1",   "welcome123", "letmein1",   "changeme",
  "administrator", "admin123",  "microscope", "omero123"};

bool begins_character(char c) {
  return (c & 0xC0) != 0x80;
}

// ASCII letters only: nothing here depends on a locale.
std::string in_small_letters(std::string_view text) {
  std::string out{text};
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z')
      c += 'a' - 'A';
  return out;
}

/// Also of characters of several bytes, compared as they are written.
bool repeats_one_character(std::string_view text) {
  size_t length = 1;
  while (length < text.size() && !begins_character(text[length]))
    ++length;
  return std::equal(text.begin() + static_cast<ptrdiff_t>(length), text.end(),
                    text.begin());
}

} // namespace

void check_fresh_password(std::string_view password, std::string_view login,
                          int64_t least) {
  if (password.size() > most_password_bytes)
    throw failure{errc::bad_request, "the password is longer than 1024 bytes"};
  if (std::count_if(password.begin(), password.end(), begins_character) < least)
    throw failure{errc::bad_request,
                  "the password has fewer than " + std::to_string(least) + " characters"};
  if (repeats_one_character(password))
    throw failure{errc::bad_request, "the password is one character repeated"};
  auto plain = in_small_letters(password);
  if (!login.empty() && plain == in_small_letters(login))
    throw failure{errc::bad_request, "the password is the login"};
  if (std::find(widespread.begin(), widespread.end(), plain) != widespread.end())
    throw failure{errc::bad_request, "the password is one of those guessed first"};
}

} // namespace troupe
