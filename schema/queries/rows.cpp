#include "schema/queries/rows.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace troupe {

viewer viewer_in(const soci::row& row, const char* column, int64_t group) {
  const auto v = json_of(row, column);
  auto groups = [&](const char* name) { return v.at(name).get<std::vector<int64_t>>(); };
  return {.account = v.at("account"),
          .group = group,
          .everything = v.at("everything"),
          .full = groups("full_groups"),
          .own = groups("own_groups"),
          .author = v.at("author"),
          .privileges = v.at("privileges"),
          .edit = groups("edit_groups"),
          .annotate = groups("annotate_groups"),
          .link = groups("link_groups"),
          .led = groups("led_groups")};
}

nlohmann::json number_to_json(double value) {
  if (std::isnan(value))
    return "NaN";
  if (std::isinf(value))
    return value > 0 ? "Infinity" : "-Infinity";
  return value;
}

double number_from_json(const nlohmann::json& value) {
  if (value.is_number())
    return value.get<double>();
  const auto& word = value.get_ref<const std::string&>();
  if (word == "Infinity")
    return std::numeric_limits<double>::infinity();
  if (word == "-Infinity")
    return -std::numeric_limits<double>::infinity();
  return std::numeric_limits<double>::quiet_NaN();
}

std::string array_of(const std::vector<int64_t>& ids) {
  return fmt::format("{{{}}}", fmt::join(ids, ","));
}

std::string array_of(const std::vector<extent>& levels) {
  std::string text;
  for (auto& l : levels)
    text += fmt::format("{}{{{},{}}}", text.empty() ? "" : ",", l.width, l.height);
  return "{" + text + "}";
}

std::string owned_by(std::string_view row, std::optional<int64_t> owner) {
  return owner ? fmt::format(" and {}.owner_id = {}", row, *owner) : "";
}

} // namespace troupe
