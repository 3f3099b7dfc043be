#include "http/omero/webgateway/table_part.hpp"

#include "http/omero/webgateway/table_condition.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe::http::omero {

namespace {

constexpr size_t most_rows_told = 10'000;

std::vector<size_t> columns_asked(call& c, const value_table& table) {
  std::vector<size_t> out;
  for (auto& name : c.all_fields("col_names"))
    out.push_back(table.column_named(name));
  if (out.empty())
    for (size_t i = 0; i < table.columns().size(); ++i)
      out.push_back(i);
  return out;
}

json rows_json(const value_table& table, const table_part& part) {
  auto out = json::array();
  for (auto row : part.rows) {
    auto line = json::array();
    for (auto column : part.columns)
      line.push_back(table.value(row, column));
    out.push_back(std::move(line));
  }
  return out;
}

} // namespace

std::vector<size_t> rows_asked(call& c, const value_table& table) {
  const auto query = c.field("query").value_or("");
  const auto matches = condition_in(query.empty() ? "*" : query, table);
  std::vector<size_t> out;
  for (size_t row = 0; row < table.rows(); ++row)
    if (matches(row))
      out.push_back(row);
  return out;
}

table_part part_asked(call& c, const value_table& table) {
  table_part out{.rows = rows_asked(c, table),
                 .columns = columns_asked(c, table),
                 .limit = c.integer("limit"),
                 .offset = c.integer_or("offset", 0)};
  out.total = out.rows.size();
  const auto first =
    std::min<size_t>(out.total, static_cast<size_t>(std::max<int64_t>(out.offset, 0)));
  out.rows.erase(out.rows.begin(), out.rows.begin() + static_cast<ptrdiff_t>(first));
  if (out.limit && *out.limit >= 0 && static_cast<size_t>(*out.limit) < out.rows.size())
    out.rows.resize(static_cast<size_t>(*out.limit));
  return out;
}

json part_json(const value_table& table, const table_part& part) {
  if (part.rows.size() > most_rows_told)
    return {{"error", fmt::format("{} rows, one answer has at most {}: use offset and "
                                  "limit",
                                  part.rows.size(), most_rows_told)},
            {"status", 404}};
  auto names = json::array(), types = json::array();
  for (auto column : part.columns) {
    names.push_back(table.columns()[column].name);
    types.push_back(table.columns()[column].type);
  }
  return {{"data",
           {{"column_types", std::move(types)},
            {"columns", std::move(names)},
            {"rows", rows_json(table, part)}}},
          {"meta",
           {{"rowCount", table.rows()},
            {"totalCount", part.total},
            {"limit", part.limit ? json(*part.limit) : json{}},
            {"offset", part.offset}}}};
}

} // namespace troupe::http::omero
