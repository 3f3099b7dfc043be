#include "schema/queries/text.hpp"

#include "storage/failure.hpp"

#include <doctest/doctest.h>

using namespace troupe;

namespace {

std::string text_refusal(const std::string& name) {
  try {
    check_name("name", name);
    return "";
  } catch (const failure& f) {
    CHECK(f.code == errc::bad_request);
    return f.what();
  }
}

} // namespace

TEST_CASE("text: characters are counted, wrong bytes noticed") {
  CHECK(characters_of("") == 0);
  CHECK(characters_of("aä€😀") == 4);
  // Cut short, a continuation alone, overlong, a surrogate, beyond U+10FFFF.
  for (const char* wrong : {"\xC3", "\x80", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80",
                            "\xF4\x90\x80\x80", "\xFF"})
    CHECK(characters_of(wrong) == -1);
}

TEST_CASE("text: a refused name says which field and why") {
  CHECK(text_refusal("ok").empty());
  CHECK(text_refusal(std::string(255, 'a')).empty());
  CHECK(text_refusal(std::string(256, 'a')) == "name is longer than 255 characters");
  CHECK(text_refusal("") == "name is empty");
  CHECK(text_refusal("   ") == "name is empty");
  CHECK(text_refusal(std::string("a\0b", 3)) == "name holds a NUL byte");
  CHECK(text_refusal("a\tb") == "name holds control characters");
  CHECK(text_refusal("a\xC2\x85") == "name holds control characters");
  CHECK(text_refusal("\xFF") == "name is not UTF-8");
}

TEST_CASE("text: what a file says is made fit") {
  CHECK(clean_text("two\nlines\t ü") == "two\nlines\t ü");
  CHECK(clean_text(std::string("a\0b\x01\xFF\xC3", 6)) == "a b \xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(clean_text("äöü", 2) == "äö");
}

TEST_CASE("text: logins and hashes") {
  CHECK(is_login("Ada.Lovelace_1@example-x.org"));
  CHECK_FALSE(is_login(""));
  CHECK_FALSE(is_login(std::string(65, 'a')));
  CHECK_FALSE(is_login("a:b"));
  CHECK(is_sha256(std::string(64, 'A')));
  CHECK_FALSE(is_sha256(std::string(63, 'a')));
  CHECK_FALSE(is_sha256(std::string(64, 'g')));
}
