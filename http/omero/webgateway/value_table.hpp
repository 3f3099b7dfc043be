// A table of values with a type for each column, as OMERO.tables has them, out of a file
// of separated values.

#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace troupe::http::omero {

struct value_column {
  std::string name;
  std::string type; ///< "LongColumn", "DoubleColumn", "StringColumn", "WellColumn" ...
};

class value_table {
public:
  /// @throws failure{bad_request} for text that is no table, {too_large}.
  explicit value_table(std::string_view csv);

  const std::vector<value_column>& columns() const { return columns_; }
  size_t rows() const { return rows_.size(); }
  /// A number, a truth or a text, as the column's type says.
  nlohmann::json value(size_t row, size_t column) const;
  const std::string& text(size_t row, size_t column) const { return rows_[row][column]; }
  /// By its name, of those that name objects also in lower case.
  /// @throws failure{bad_request} naming what is no column.
  size_t column_named(std::string_view name) const;

private:
  std::vector<value_column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

} // namespace troupe::http::omero
