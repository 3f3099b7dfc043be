#include "storage/formats/ome_units.hpp"

#include <regex>

namespace troupe::formats {
namespace {

struct unit_row {
  const char* name;
  double factor;
};

template <size_t N>
std::optional<double> scaled(double value, const std::string& unit,
                             const unit_row (&rows)[N]) {
  for (auto& r : rows)
    if (unit == r.name)
      return value * r.factor;
  return std::nullopt;
}

} // namespace

std::optional<double> in_seconds(double value, const std::string& unit) {
  constexpr unit_row rows[] = {{"s", 1},    {"ms", 1e-3}, {"µs", 1e-6}, {"ns", 1e-9},
                               {"min", 60}, {"h", 3600},  {"d", 86400}};
  return scaled(value, unit, rows);
}

std::optional<double> in_nanometres(double value, const std::string& unit) {
  constexpr unit_row rows[] = {{"nm", 1},   {"µm", 1e3}, {"Å", 0.1},   {"pm", 1e-3},
                               {"mm", 1e6}, {"m", 1e9},  {"fm", 1e-6}, {"cm", 1e7},
                               {"dm", 1e8}, {"km", 1e12}};
  return scaled(value, unit, rows);
}

std::string rfc3339(const std::string& date) {
  static const std::regex form{
    R"((\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?)\d*(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?)"};
  std::smatch part;
  if (date.size() > 60 || !std::regex_match(date, part, form) || date.starts_with("0000"))
    return {};
  return part[1].str() + (part[6].matched ? part[6].str() : "Z");
}

std::optional<rgba> color_of(std::optional<double> number) {
  if (!number || *number < -2147483648.0 || *number > 4294967295.0)
    return std::nullopt;
  const auto bits = static_cast<uint32_t>(static_cast<int64_t>(*number));
  return rgba{static_cast<uint8_t>(bits >> 24), static_cast<uint8_t>(bits >> 16),
              static_cast<uint8_t>(bits >> 8), static_cast<uint8_t>(bits)};
}

} // namespace troupe::formats
