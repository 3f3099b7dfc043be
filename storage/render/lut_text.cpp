// Lookup tables as text.

#include "storage/render/lut_file.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace troupe::render {
namespace {

using text_row = std::vector<std::string_view>;

bool is_token(char c) {
  return c == '+' || static_cast<int8_t>(c) >= 45; // ASCII ends at 127
}

std::vector<text_row> rows_of(std::string_view text) {
  std::vector<text_row> rows(1);
  for (size_t i = 0; i < text.size();) {
    if (text[i] == '\n' || text[i] == '\r') {
      rows.emplace_back();
      ++i;
      continue;
    }
    auto end = i;
    while (end < text.size() && is_token(text[end]))
      ++end;
    if (end > i)
      rows.back().push_back(text.substr(i, end - i));
    i = std::max(end, i + 1);
  }
  std::erase_if(rows, [](const text_row& r) { return r.empty(); });
  return rows;
}

std::optional<double> number_of(std::string_view token) {
  if (token.starts_with('+'))
    token.remove_prefix(1);
  double value = 0;
  const auto last = token.data() + token.size();
  const auto [end, error] = std::from_chars(token.data(), last, value);
  if (error != std::errc{} || end != last || !std::isfinite(value))
    return std::nullopt;
  return value;
}

bool is_header(const text_row& row) {
  if (row[0] == "NaN" || row[0] == "nan")
    return false;
  return std::none_of(row.begin(), row.end(),
                      [](std::string_view t) { return number_of(t).has_value(); });
}

uint8_t byte_of(std::string_view token) {
  const auto value =
    std::clamp(number_of(token).value_or(0), -2147483648.0, 2147483647.0);
  return static_cast<uint8_t>(static_cast<int64_t>(value));
}

} // namespace

std::optional<lookup_table> read_text_lut(std::string_view text) {
  auto rows = rows_of(text);
  for (auto& r : rows)
    if (r.size() != rows[0].size())
      return std::nullopt;
  if (!rows.empty() && is_header(rows[0]))
    rows.erase(rows.begin());
  if (rows.size() < 256 || rows.size() > 258)
    return std::nullopt;
  const auto columns = rows[0].size();
  if (columns != 3 && columns != 4)
    return std::nullopt;
  lookup_table table;
  for (size_t level = 0; level < 256; ++level)
    for (size_t c = 0; c < 3; ++c)
      table.components[c][level] =
        byte_of(rows[level + (rows.size() > 256)][columns - 3 + c]);
  return table;
}

} // namespace troupe::render
