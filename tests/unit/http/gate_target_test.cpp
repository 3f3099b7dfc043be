#include "http/gate/target.hpp"

#include <doctest/doctest.h>

using troupe::http::parse_target;
using segments = std::vector<std::string>;

TEST_CASE("target: splits a path into decoded segments") {
  auto found = parse_target("/img_detail/a%20b/%C3%A4+c");
  REQUIRE(found);
  CHECK(found->path == "/img_detail/a b/\xC3\xA4+c");
  CHECK(found->segments == segments{"img_detail", "a b", "\xC3\xA4+c"});
  CHECK(found->query.empty());
}

TEST_CASE("target: allows one slash at the end") {
  CHECK(parse_target("/")->segments.empty());
  CHECK(parse_target("/")->path == "/");
  CHECK(parse_target("/a/")->segments == segments{"a"});
  CHECK(parse_target("/a/")->path == "/a/");
  CHECK_FALSE(parse_target("/a//"));
  CHECK_FALSE(parse_target("//"));
  CHECK_FALSE(parse_target("//a"));
  CHECK_FALSE(parse_target("/a//b"));
}

TEST_CASE("target: parses query arguments in order, decoded") {
  auto found = parse_target("/r/?c=1|0:255$FF0000,-2&m=g&tag=a+b%2Bc&flag&&z=&c=2?");
  REQUIRE(found);
  decltype(found->query) expected{{"c", "1|0:255$FF0000,-2"},
                                  {"m", "g"},
                                  {"tag", "a b+c"},
                                  {"flag", ""},
                                  {"z", ""},
                                  {"c", "2?"}};
  CHECK(found->query == expected);
}

TEST_CASE("target: takes raw braces, brackets and bars") {
  auto found = parse_target("/a{b}|[c]:d,$?maps=[{\"inverted\":{\"enabled\":false}}]|");
  REQUIRE(found);
  CHECK(found->segments == segments{"a{b}|[c]:d,$"});
  CHECK(found->query[0].second == "[{\"inverted\":{\"enabled\":false}}]|");
}

TEST_CASE("target: refuses wrong escapes") {
  for (auto* raw : {"/%", "/%4", "/%zz", "/%u0041", "/a?x=%", "/a?%g0=1", "/%-1"})
    CHECK_MESSAGE(!parse_target(raw), raw);
}

TEST_CASE("target: refuses what could leave a folder") {
  for (auto* raw : {"/.", "/..", "/a/../b", "/a/%2e%2E/b", "/a/%2e", "/a%2fb", "/a%5Cb",
                    "/a\\b", "/./", "/../"})
    CHECK_MESSAGE(!parse_target(raw), raw);
  CHECK(parse_target("/...")->segments == segments{"..."});
  CHECK(parse_target("/.well-known")->segments == segments{".well-known"});
  CHECK(parse_target("/a?path=../b/%2e%2e")->query[0].second == "../b/..");
}

TEST_CASE("target: refuses NUL and control characters in the path") {
  for (auto* raw : {"/%00", "/a%0d%0ab", "/%7f", "/%1F", "/a?x=%00", "/a?%00"})
    CHECK_MESSAGE(!parse_target(raw), raw);
  CHECK(parse_target("/a?text=one%0D%0Atwo")->query[0].second == "one\r\ntwo");
}

TEST_CASE("target: refuses text that is not UTF-8") {
  for (auto* raw :
       {"/%ff", "/%c3", "/%c0%af", "/%e0%80%af", "/%ed%a0%80", "/%f4%90%80%80",
        "/%f0%80%80%af", "/%f5%80%80%80", "/a?x=%80", "/a?%c3%28=1"})
    CHECK_MESSAGE(!parse_target(raw), raw);
  for (auto* raw : {"/%c2%80", "/%ed%9f%bf", "/%ee%80%80", "/%f0%90%80%80",
                    "/%f4%8f%bf%bf", "/\xC3\xA4"})
    CHECK_MESSAGE(parse_target(raw), raw);
}

TEST_CASE("target: begins with a slash") {
  for (auto* raw : {"", "a", "*", "http://other/a", "?x=1"})
    CHECK_MESSAGE(!parse_target(raw), raw);
}
