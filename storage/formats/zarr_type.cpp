// Element types and fill values of Zarr arrays.

#include "storage/failure.hpp"
#include "storage/formats/zarr_array.hpp"
#include "storage/text.hpp"

#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

namespace troupe::formats {
namespace {

using json = nlohmann::json;

struct zarr_type_row {
  const char *v2, *v3;
  pixel_type type;
  int32_t bytes;
};

// Without a 64-bit integer in the OME model, such become 32-bit ones where they fit.
constexpr std::array<zarr_type_row, 13> zarr_type_rows{{
  {"b1", "bool", pixel_type::bit, 1},
  {"i1", "int8", pixel_type::int8, 1},
  {"u1", "uint8", pixel_type::uint8, 1},
  {"i2", "int16", pixel_type::int16, 2},
  {"u2", "uint16", pixel_type::uint16, 2},
  {"i4", "int32", pixel_type::int32, 4},
  {"u4", "uint32", pixel_type::uint32, 4},
  {"i8", "int64", pixel_type::int32, 8},
  {"u8", "uint64", pixel_type::uint32, 8},
  {"f4", "float32", pixel_type::float32, 4},
  {"f8", "float64", pixel_type::float64, 8},
  {"c8", "complex64", pixel_type::complex64, 8},
  {"c16", "complex128", pixel_type::complex128, 16},
}};

[[noreturn]] void refuse_fill() {
  throw failure{errc::unreadable, "its fill value is invalid"};
}

template <class Value>
std::vector<uint8_t> bytes_of_value(Value v) {
  std::vector<uint8_t> bytes(sizeof v);
  std::memcpy(bytes.data(), &v, sizeof v);
  return bytes;
}

std::vector<uint8_t> integer_fill(double v, pixel_type type) {
  if (!std::isfinite(v) || std::abs(v) > 9e15)
    refuse_fill();
  auto bytes = bytes_of_value(static_cast<int64_t>(v));
  bytes.resize(bytes_of(type));
  return bytes;
}

std::vector<uint8_t> number_fill(double v, pixel_type type) {
  switch (type) {
    case pixel_type::float32: return bytes_of_value(static_cast<float>(v));
    case pixel_type::float64: return bytes_of_value(v);
    case pixel_type::bit: return {static_cast<uint8_t>(v != 0)};
    default: return integer_fill(v, type);
  }
}

/// Bits as a hexadecimal number.
std::vector<uint8_t> bits_fill(const std::string& text, pixel_type type) {
  size_t used = 0;
  const auto bits = std::stoull(text, &used, 16);
  if (used != text.size())
    refuse_fill();
  auto bytes = bytes_of_value(uint64_t{bits});
  bytes.resize(bytes_of(type));
  return bytes;
}

std::vector<uint8_t> text_fill(const std::string& text, pixel_type type) {
  constexpr auto infinity = std::numeric_limits<double>::infinity();
  if (text.empty())
    return number_fill(0, type);
  if (text == "NaN")
    return number_fill(std::numeric_limits<double>::quiet_NaN(), type);
  if (text == "Infinity" || text == "-Infinity")
    return number_fill(text[0] == '-' ? -infinity : infinity, type);
  try {
    if (text.starts_with("0x") && text.size() > 2)
      return bits_fill(text, type);
    size_t used = 0;
    const auto value = std::stod(text, &used);
    if (used == text.size())
      return number_fill(value, type);
  } catch (const std::logic_error&) { // no number
  }
  refuse_fill();
}

} // namespace

zarr_type zarr_type_named(const std::string& name) {
  const auto ordered = name.size() > 2 && std::strchr("<>|=", name[0]);
  for (auto& r : zarr_type_rows)
    if (name == r.v3 || (ordered && name.substr(1) == r.v2))
      return {r.type, r.bytes, name[0] == '>'};
  throw failure{errc::unreadable,
                "elements of type \"" + clean_text(name, 50) + "\" are not supported"};
}

std::vector<uint8_t> zarr_fill(const json& j, pixel_type type) {
  if (type == pixel_type::complex64 || type == pixel_type::complex128) {
    const auto part =
      type == pixel_type::complex64 ? pixel_type::float32 : pixel_type::float64;
    const auto pair = j.is_array() && j.size() == 2;
    auto bytes = zarr_fill(pair ? j[0] : json{}, part);
    const auto imaginary = zarr_fill(pair ? j[1] : json{}, part);
    bytes.insert(bytes.end(), imaginary.begin(), imaginary.end());
    return bytes;
  }
  if (j.is_null())
    return number_fill(0, type);
  if (j.is_boolean())
    return number_fill(j.get<bool>() ? 1 : 0, type);
  if (j.is_number())
    return number_fill(j.get<double>(), type);
  if (j.is_string())
    return text_fill(j.get<std::string>(), type);
  refuse_fill();
}

} // namespace troupe::formats
