// Tables as text, of all the kinds that spreadsheets write.

#include "storage/csv.hpp"

#include "storage/failure.hpp"

#include <doctest/doctest.h>

using namespace troupe;

namespace {

using cells = std::vector<std::string>;

cells row_of(std::string_view text, size_t i = 0) {
  return read_csv(text, 100).rows.at(i).cells;
}

errc refusal(std::string_view text, size_t most = 100) {
  try {
    read_csv(text, most);
    return errc::none;
  } catch (const failure& f) {
    return f.code;
  }
}

} // namespace

TEST_CASE("csv: quotes, line ends and what is missing") {
  const auto t =
    read_csv("name,a,a\r\n\"x \"\"y\"\", z\",\"two\nlines\",3\r\n\r\nlast", 100);
  CHECK(t.separator == ',');
  CHECK(t.header == cells{"name", "a", "a"});
  REQUIRE(t.rows.size() == 2);
  CHECK(t.rows[0].cells == cells{"x \"y\", z", "two\nlines", "3"});
  CHECK(t.rows[0].line == 2);
  CHECK(t.rows[1].cells == cells{"last", "", ""});
  CHECK(t.rows[1].line == 5);
  CHECK(read_csv("", 1).header.empty());
  CHECK(row_of("a,b\rc,d\r") == cells{"c", "d"});
}

TEST_CASE("csv: separators, marks and encodings") {
  CHECK(row_of("\xEF\xBB\xBFname;size\nx;1,5\n") == cells{"x", "1,5"});
  CHECK(read_csv("\xEF\xBB\xBFname;size\nx;1,5\n", 9).header.at(0) == "name");
  CHECK(row_of("name\tsize\nx\t1;5\n") == cells{"x", "1;5"});
  CHECK(row_of("\"a;b;c\",d\nx,y\n") == cells{"x", "y"});
  CHECK(row_of("name\nK\xF6ln\n") == cells{"K\xC3\xB6ln"});
  CHECK(row_of("name\nK\xC3\xB6ln\n") == cells{"K\xC3\xB6ln"});
  CHECK(refusal(std::string_view{"\xFF\xFEn\0", 4}) == errc::bad_request);
}

TEST_CASE("csv: what is no table is refused") {
  CHECK(refusal("a,b\n\"x") == errc::bad_request);
  CHECK(refusal("a,b\n\"x\"y,z\n") == errc::bad_request);
  CHECK(refusal("a,b\n1,2,3\n") == errc::bad_request);
  CHECK(refusal("a\n1\n2\n", 1) == errc::too_large);
  CHECK(refusal("a\n1\n2\n", 2) == errc::none);
}

TEST_CASE("csv: what is written is read again") {
  const cells header{"a", "b", "c", "d"}, row{"x,y", "\"", "two\r\nlines", " ;\t"};
  const auto t = read_csv(csv_row(header) + csv_row(row), 10);
  CHECK(t.header == header);
  CHECK(t.rows.at(0).cells == row);
}
