// Lookup tables against the golden vectors.

#include "tests/unit/storage/golden_cases.hpp"

using namespace troupe;
using namespace troupe::render;
using namespace troupe::test::golden;

namespace {

void check_table(const json& wanted, const lookup_table& got) {
  const auto bytes = bytes_of_file(wanted.at("file"));
  REQUIRE(bytes.size() == 768);
  size_t wrong = 0;
  for (size_t i = 0; i < bytes.size(); ++i)
    wrong += got.components[i % 3][i / 3] == bytes[i] ? 0 : 1;
  CHECK(wrong == 0);
}

} // namespace

TEST_CASE("golden: tables that formulas define") {
  run("builtin_lut", [](const json& c, profile p) {
    const auto table = lut_library::built_in().find(c.at("name").get<std::string>());
    REQUIRE(table);
    check_table(expected_of(c, p), *table);
  });
}

TEST_CASE("golden: files of tables") {
  run("lut_file", [](const json& c, profile p) {
    const auto file = bytes_of_file(c.at("input").at("file"));
    REQUIRE(file.size() == c.at("input").at("size"));
    const auto table = read_lut(file, p);
    REQUIRE(table.has_value() == expected_of(c, p).at("valid").get<bool>());
    if (table)
      check_table(expected_of(c, p), *table);
  });
}
