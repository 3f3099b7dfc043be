// Tables as text, RFC 4180, also as spreadsheets write them in countries where the comma
// is the decimal point.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace troupe {

struct csv_table {
  struct row {
    int64_t line = 0; ///< where it begins, from 1
    std::vector<std::string> cells;
  };
  char separator = ',';
  std::vector<std::string> header;
  std::vector<row> rows; ///< without blank lines; each as wide as the header
};

/// Reads a table whose first row names the columns. The separator is the one of tab,
/// semicolon and comma that the header has most of. Text that is not UTF-8 is taken as
/// Latin-1; a byte order mark is skipped.
/// @throws failure{bad_request} naming the line; {too_large} for more than `most` rows.
csv_table read_csv(std::string_view text, size_t most);

/// A row of cells with its line end, quoted where needed.
std::string csv_row(const std::vector<std::string>& cells);

} // namespace troupe
