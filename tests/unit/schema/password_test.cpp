#include "schema/password.hpp"

#include "storage/failure.hpp"

#include <doctest/doctest.h>

#include <ctime>

using namespace troupe;

TEST_CASE("password: only the right one matches") {
  auto secret = hash_password("correct horse");
  CHECK(secret.starts_with("$argon2id$v=19$m=19456,"));
  CHECK(secret != hash_password("correct horse"));
  CHECK(password_matches("correct horse", secret));
  CHECK_FALSE(password_matches("correct horsf", secret));
  CHECK_FALSE(password_matches("", secret));
  std::string_view with_zero{"correct horse\0", 14};
  CHECK_FALSE(password_matches(with_zero, secret));
  CHECK(password_matches(with_zero, hash_password(with_zero)));
}

TEST_CASE("password: length counts characters below and bytes above") {
  CHECK_THROWS_AS(hash_password("1234567"), failure);
  CHECK_THROWS_AS(hash_password("123456790", "", 10), failure);
  CHECK_THROWS_AS(hash_password("äöüäöüä"), failure);
  CHECK_NOTHROW(hash_password("äöüäöüäö"));
  CHECK_NOTHROW(hash_password(std::string(1023, 'x') + 'y'));
  CHECK_THROWS_AS(hash_password(std::string(1025, 'x')), failure);
}

TEST_CASE("password: a secret that is none matches nothing and takes as long") {
  auto secret = hash_password("correct horse");
  // Processor time: the machine may be busy with other tests.
  auto effort = [](const std::string& password, const std::string& against) {
    auto start = std::clock();
    CHECK_FALSE(password_matches(password, against));
    return std::clock() - start;
  };
  auto usual = effort("wrong horse", secret);
  for (const std::string& against :
       {std::string{}, std::string{"plain"}, std::string(4000, '$'), secret.substr(0, 40),
        std::string{"$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA\0", 41}})
    CHECK(effort("wrong horse", against) > usual / 10);
  CHECK(effort(std::string(5000, 'x'), secret) > usual / 10);
}

TEST_CASE("password: tokens are long, different and stored as SHA-256") {
  CHECK(new_token().size() == 43);
  CHECK(new_token() != new_token());
  CHECK(hash_token("abc")
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
