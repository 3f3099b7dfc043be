#include "schema/queries/search_dates.hpp"
#include "schema/queries/search_words.hpp"
#include "storage/failure.hpp"

#include <doctest/doctest.h>

using namespace troupe;

namespace {

search_term one(std::string_view text) {
  auto terms = parse_search(text);
  REQUIRE(terms.size() == 1);
  return terms[0];
}

std::string words_refusal(std::string_view text) {
  try {
    parse_search(text);
    return "";
  } catch (const failure& f) {
    CHECK(f.code == errc::bad_request);
    return f.what();
  }
}

search_term text_term(search_field field, const std::string& text, bool prefix = false) {
  search_term t{.field = field};
  t.text = text;
  t.prefix = prefix;
  return t;
}

} // namespace

TEST_CASE("search words: words, phrases, parts and what is not wanted") {
  CHECK(parse_search("").empty());
  CHECK(parse_search(" \t\n ").empty());
  const auto terms = parse_search("  mitosis\tGFP ");
  REQUIRE(terms.size() == 2);
  CHECK(terms[0] == text_term(search_field::words, "mitosis"));
  CHECK(terms[1] == text_term(search_field::words, "GFP"));
  CHECK(one("\"late anaphase\"") == text_term(search_field::words, "late anaphase"));
  CHECK(one("mito*") == text_term(search_field::words, "mito", true));
  CHECK(one("*tosis*") == text_term(search_field::name, "tosis"));
  CHECK(one("*tosis") == text_term(search_field::name, "tosis"));
  CHECK(one("10:30") == text_term(search_field::words, "10:30"));
  CHECK(one("a-b") == text_term(search_field::words, "a-b"));
  CHECK(one("平野") == text_term(search_field::words, "平野"));
  CHECK(one("\"tag:x=3*\"") == text_term(search_field::words, "tag:x=3*"));
  auto without = text_term(search_field::words, "out of focus");
  without.negated = true;
  CHECK(one("-\"out of focus\"") == without);
  without = text_term(search_field::tag, "bad");
  without.negated = true;
  CHECK(one("-tag:bad") == without);
}

TEST_CASE("search words: fields") {
  CHECK(one("tag:done") == text_term(search_field::tag, "done"));
  CHECK(one("TAG:\"to do\"") == text_term(search_field::tag, "to do"));
  CHECK(one("tag:do*") == text_term(search_field::tag, "do", true));
  CHECK(one("file:run1*") == text_term(search_field::file, "run1", true));
  CHECK(one("owner:me") == text_term(search_field::owner, "me"));
  CHECK(one("group:\"lab 1\"") == text_term(search_field::group, "lab 1"));
  CHECK(one("format:czi") == text_term(search_field::format, "czi"));
  CHECK(one("type:image,plate").types
        == std::vector{object_type::image, object_type::plate});
  const auto in = one("in:dataset:5");
  CHECK(in.field == search_field::inside);
  CHECK(in.types == std::vector{object_type::dataset});
  CHECK(in.id == 5);
}

TEST_CASE("search words: keys, numbers and sizes") {
  auto t = one("Gene=BRCA1");
  CHECK(t.field == search_field::pair);
  CHECK(t.key == "Gene");
  CHECK(t.text == "BRCA1");
  t = one("\"cell line\"=\"HeLa S3\"");
  CHECK(t.key == "cell line");
  CHECK(t.text == "HeLa S3");
  t = one("dose>=2.5");
  CHECK(t.field == search_field::pair);
  CHECK(t.comparison == ">=");
  CHECK(t.number == 2.5);
  CHECK(one("dose<-1e3").number == -1000);
  t = one("X>1000");
  CHECK(t.field == search_field::size);
  CHECK(t.key == "x");
  CHECK(t.comparison == ">");
  CHECK(one("c=3").field == search_field::size);
  CHECK(one("\"c\"=3").field == search_field::pair);
  CHECK(one("url=http://x.org/a=b").text == "http://x.org/a=b");
  CHECK(one("rating>=4").field == search_field::rating);
}

TEST_CASE("search words: dates are the periods they name") {
  CHECK(one("after:2024-02").from == "2024-02-01T00:00:00Z");
  CHECK(one("after:2024-02").until == "");
  CHECK(one("before:2024").until == "2024-01-01T00:00:00Z");
  CHECK(one("before:2024").from == "");
  const auto t = one("acquired:2023-12..2024-02-29");
  CHECK(t.field == search_field::acquired);
  CHECK(t.from == "2023-12-01T00:00:00Z");
  CHECK(t.until == "2024-03-01T00:00:00Z");
  CHECK(one("created:2024..").until == "");
  CHECK(one("created:2023").until == "2024-01-01T00:00:00Z");
  CHECK(period_of("2023-12-31").end == "2024-01-01T00:00:00Z");
  for (auto* wrong : {"", "24", "2024-13", "2023-02-29", "2024-1-1", "2024-00", "0000",
                      "2024-01-00", "2024/01", "2024-01-011", "abcd", "99999999"})
    CHECK_THROWS_AS(period_of(wrong), failure);
}

TEST_CASE("search words: what cannot be understood is named") {
  for (auto* wrong : {"\"open",
                      "a\"b",
                      "tag:",
                      "tag:*",
                      "tag:*x*",
                      "x>much",
                      "dose>",
                      "=3",
                      "dose>high",
                      "x>inf",
                      "x>1.5",
                      "x>1e99",
                      "mi*sis",
                      "*ab*",
                      "*",
                      "--",
                      "-",
                      "colour:red",
                      "http://x.org",
                      "type:pixel",
                      "type:roi",
                      "in:dataset",
                      "in:dataset:",
                      "in:dataset:x",
                      "in:dataset:-5",
                      "in:image:5",
                      "in:5",
                      "in:dataset:99999999999999999999",
                      "after:yesterday",
                      "created:2024-02..2023x",
                      "owner:a*",
                      "format:*"}) {
    CAPTURE(wrong);
    CHECK(words_refusal(wrong) != "");
  }
  CHECK(words_refusal("good dose>high").find("dose>high") != std::string::npos);
  CHECK(words_refusal("colour:red").find("colour:") != std::string::npos);
  CHECK(words_refusal("mi*sis other").find("mi*sis") != std::string::npos);
  CHECK(words_refusal(std::string(3000, 'a')) != "");
  std::string many;
  for (int i = 0; i < 33; ++i)
    many += "w" + std::to_string(i) + " ";
  CHECK(words_refusal(many).find("w32") != std::string::npos);
  CHECK(words_refusal("\xff") != "");
}
