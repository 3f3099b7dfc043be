// Columns of a row by name and C++ type. Null becomes zero, empty or nullopt.

#pragma once

#include "schema/message.hpp"

#include "storage/pixels.hpp"

#include <nlohmann/json.hpp>
#include <soci/soci.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace troupe {

inline int64_t int64_of(const soci::row& row, const char* column) {
  return row.get<long long>(column, 0);
}
/// Columns of type integer, smallint or boolean.
inline int32_t int32_of(const soci::row& row, const char* column) {
  return row.get<int>(column, 0);
}
inline bool bool_of(const soci::row& row, const char* column) {
  return int32_of(row, column);
}
inline std::string text_of(const soci::row& row, const char* column) {
  return row.get<std::string>(column, "");
}
inline std::optional<double> double_of(const soci::row& row, const char* column) {
  if (row.get_indicator(column) == soci::i_null)
    return std::nullopt;
  return row.get<double>(column);
}
/// A json column, cast to text by the query.
inline nlohmann::json json_of(const soci::row& row, const char* column) {
  auto text = text_of(row, column);
  return text.empty() ? nlohmann::json::array() : nlohmann::json::parse(text);
}
inline std::vector<int64_t> ids_of(const soci::row& row, const char* column) {
  return json_of(row, column).get<std::vector<int64_t>>();
}

/// What cast(to_json(viewer_of(...)) as text) gave.
viewer viewer_in(const soci::row& row, const char* column, int64_t group);

/// JSON has no infinities: they travel as PostgreSQL writes them, in quotes.
nlohmann::json number_to_json(double value);
double number_from_json(const nlohmann::json& value);

/// @returns the literal of a bigint[], for cast(:ids as bigint[]).
std::string array_of(const std::vector<int64_t>& ids);
/// "{{width,height},...}"
std::string array_of(const std::vector<extent>& levels);

/// A further condition: that the account owns the row; nothing without one.
std::string owned_by(std::string_view row, std::optional<int64_t> owner);

} // namespace troupe
