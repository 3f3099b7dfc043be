#include "http/omero/webgateway/value_table.hpp"

#include "storage/csv.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace troupe::http::omero {

namespace {

constexpr size_t most_rows = 1'000'000;

/// Columns of ids, by what they are called.
constexpr std::string_view kinds_of_objects[]{"Image", "Well", "Plate", "Dataset", "Roi"};

template <class T>
bool is_number(std::string_view text) {
  T n{};
  const auto end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, n);
  return !text.empty() && error == std::errc{} && at == end;
}

bool is_truth(std::string_view text) {
  return text == "true" || text == "false" || text == "True" || text == "False";
}

std::string type_of_column(const csv_table& csv, size_t column) {
  auto all = [&](auto fits) {
    return !csv.rows.empty() && std::ranges::all_of(csv.rows, [&](auto& row) {
      return fits(std::string_view{row.cells[column]});
    });
  };
  if (all(is_number<int64_t>)) {
    for (auto kind : kinds_of_objects)
      if (csv.header[column] == kind)
        return std::string{kind} + "Column";
    return "LongColumn";
  }
  if (all(is_number<double>))
    return "DoubleColumn";
  return all(is_truth) ? "BoolColumn" : "StringColumn";
}

std::string in_lower_case(std::string_view text) {
  std::string out{text};
  std::ranges::transform(
    out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

} // namespace

value_table::value_table(std::string_view csv) {
  auto read = read_csv(csv, most_rows);
  for (size_t i = 0; i < read.header.size(); ++i)
    columns_.push_back({read.header[i], type_of_column(read, i)});
  rows_.reserve(read.rows.size());
  for (auto& row : read.rows)
    rows_.push_back(std::move(row.cells));
}

nlohmann::json value_table::value(size_t row, size_t column) const {
  const auto& text = rows_[row][column];
  const auto& type = columns_[column].type;
  if (type == "StringColumn")
    return text;
  if (type == "BoolColumn")
    return text == "true" || text == "True";
  if (type == "DoubleColumn")
    return std::stod(text);
  return std::stoll(text);
}

size_t value_table::column_named(std::string_view name) const {
  auto found = std::ranges::find(columns_, name, &value_column::name);
  if (found == columns_.end() && std::ranges::count(kinds_of_objects, name) > 0)
    found = std::ranges::find(columns_, in_lower_case(name), &value_column::name);
  if (found == columns_.end())
    throw failure{errc::bad_request, fmt::format("the table has no column {}", name)};
  return static_cast<size_t>(found - columns_.begin());
}

} // namespace troupe::http::omero
