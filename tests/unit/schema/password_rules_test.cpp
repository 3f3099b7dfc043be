#include "schema/password_rules.hpp"

#include "storage/failure.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace troupe;

namespace {

std::string refusal(std::string_view password, std::string_view login = {}) {
  try {
    check_fresh_password(password, login);
  } catch (const failure& f) {
    return f.what();
  }
  return "";
}

bool says(const std::string& reason, const char* words) {
  return reason.find(words) != std::string::npos;
}

} // namespace

TEST_CASE("password rules: one character repeated is refused, in any alphabet") {
  CHECK(says(refusal("aaaaaaaa"), "repeated"));
  CHECK(says(refusal(std::string(1024, 'x')), "repeated"));
  CHECK(says(refusal("ääääääää"), "repeated"));
  CHECK(refusal("aaaaaaab").empty());
  CHECK(refusal("äöäöäöäö").empty());
}

TEST_CASE("password rules: the login is refused in any case, and only the login") {
  CHECK(says(refusal("Ada.Lovelace", "ada.lovelace"), "login"));
  CHECK(refusal("ada.lovelace", "bert").empty());
  CHECK(refusal("ada.lovelace").empty());
  CHECK(refusal("ada.lovelace 7", "ada.lovelace").empty());
}

TEST_CASE("password rules: what is guessed first is refused in any case") {
  CHECK(says(refusal("password123"), "guessed"));
  CHECK(says(refusal("PassWord123"), "guessed"));
  CHECK(says(refusal("12345678"), "guessed"));
  CHECK(refusal("password124 and more").empty());
}

TEST_CASE("password rules: lengths are told apart from the rest") {
  CHECK(says(refusal(""), "fewer than 8"));
  CHECK(says(refusal("aaaaaaa"), "fewer than 8"));
  CHECK(says(refusal(std::string(1025, 'x')), "longer than 1024"));
}
