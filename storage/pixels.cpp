#include "storage/pixels.hpp"

#include <array>

namespace troupe {
namespace {

struct pixel_type_row {
  pixel_type type;
  std::string_view name;
  size_t bytes;
};

constexpr std::array<pixel_type_row, 11> pixel_type_rows{{
  {pixel_type::bit, "bit", 1},
  {pixel_type::int8, "int8", 1},
  {pixel_type::uint8, "uint8", 1},
  {pixel_type::int16, "int16", 2},
  {pixel_type::uint16, "uint16", 2},
  {pixel_type::int32, "int32", 4},
  {pixel_type::uint32, "uint32", 4},
  {pixel_type::float32, "float", 4},
  {pixel_type::float64, "double", 8},
  {pixel_type::complex64, "complex", 8},
  {pixel_type::complex128, "double-complex", 16},
}};

} // namespace

size_t bytes_of(pixel_type type) {
  return pixel_type_rows.at(static_cast<size_t>(type)).bytes;
}

std::string_view name_of(pixel_type type) {
  return pixel_type_rows.at(static_cast<size_t>(type)).name;
}

std::optional<pixel_type> pixel_type_of(std::string_view ome_name) {
  for (auto& r : pixel_type_rows)
    if (r.name == ome_name)
      return r.type;
  return std::nullopt;
}

} // namespace troupe
