#include "http/omero/webgateway/table_condition.hpp"
#include "storage/failure.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::http::omero;

namespace {

const value_table wells{"Well,Gene,Area\n7,CDC20,2.5\n8,PLK1,10\n9,cdc 20,-1\n"};

/// The rows that the condition chooses.
std::vector<size_t> rows_where(const std::string& text,
                               const value_table& table = wells) {
  const auto fits = condition_in(text, table);
  std::vector<size_t> out;
  for (size_t row = 0; row < table.rows(); ++row)
    if (fits(row))
      out.push_back(row);
  return out;
}

using rows = std::vector<size_t>;

} // namespace

TEST_CASE("table condition: all, one object, comparisons") {
  CHECK(rows_where("*") == rows{0, 1, 2});
  CHECK(rows_where("Well-8") == rows{1});
  CHECK(rows_where("Well==7") == rows{0});
  CHECK(rows_where("(Area>=2.5)") == rows{0, 1});
  CHECK(rows_where("Area<0") == rows{2});
  CHECK(rows_where("Gene=='cdc 20'") == rows{2});
  CHECK(rows_where("Gene != \"PLK1\"") == rows{0, 2});
}

TEST_CASE("table condition: and binds closer than or, brackets closest") {
  CHECK(rows_where("Well==7 | Well==8 & Area==10") == rows{0, 1});
  CHECK(rows_where("(Well==7 | Well==8) & Area==10") == rows{1});
  CHECK(rows_where("~(Well==7) & ~(Well==9)") == rows{1});
}

TEST_CASE("table condition: objects are found in lower case too") {
  const value_table lower{"well,x\n3,1\n4,2\n"};
  CHECK(rows_where("Well-4", lower) == rows{1});
}

TEST_CASE("table condition: what cannot be understood is refused") {
  for (auto text : {"", "Well", "Well==", "Well==7 &", "(Well==7", "Well==7)", "Area ! 3",
                    "Gene=='x", "Nothing==1", "~"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(rows_where(text), failure);
  }
  CHECK_THROWS_AS(rows_where(std::string(5000, '(') + "Well==7"), failure);
  CHECK_THROWS_AS(rows_where(std::string(5000, '~') + "Well==7"), failure);
}

TEST_CASE("value table: a column has the type that all its values fit") {
  const value_table table{"Image,n,x,ok,word\n5,-1,1e3,true,a\n6,2,0.5,False,7\n"};
  std::vector<std::string> types;
  for (auto& c : table.columns())
    types.push_back(c.type);
  CHECK(types
        == std::vector<std::string>{"ImageColumn", "LongColumn", "DoubleColumn",
                                    "BoolColumn", "StringColumn"});
  CHECK(table.value(0, 2) == 1000.0);
  CHECK(table.value(1, 3) == false);
  CHECK(table.value(1, 4) == "7");
}
