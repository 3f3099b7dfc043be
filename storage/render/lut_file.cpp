#include "storage/render/lut_file.hpp"

#include <algorithm>

namespace troupe::render {
namespace {

constexpr size_t raw_size = 768, raw_size_with_trailer = 970;
constexpr size_t nih_header = 32;

bool is_nih(std::span<const uint8_t> file) {
  constexpr uint8_t magic[] = {'I', 'C', 'O', 'L'};
  return file.size() >= nih_header
         && std::equal(std::begin(magic), std::end(magic), file.begin());
}

std::optional<lookup_table> read_nih(std::span<const uint8_t> file) {
  const auto count = static_cast<size_t>(file[6] << 8 | file[7]);
  if (count < 1 || count > 256 || file.size() < nih_header + 3 * count)
    return std::nullopt;
  lookup_table table;
  for (size_t c = 0; c < 3; ++c)
    table.components[c] = stretched(file.subspan(nih_header + c * count, count));
  return table;
}

lookup_table read_raw(std::span<const uint8_t> file) {
  lookup_table table;
  for (size_t c = 0; c < 3; ++c)
    std::copy_n(file.begin() + static_cast<ptrdiff_t>(256 * c), 256,
                table.components[c].begin());
  return table;
}

} // namespace

std::optional<lookup_table> read_lut(std::span<const uint8_t> file, profile rules) {
  if (is_nih(file) && (file.size() > raw_size || rules == profile::fixed))
    return read_nih(file);
  if (file.size() == raw_size || file.size() == raw_size_with_trailer)
    return read_raw(file);
  if (file.size() < raw_size)
    return std::nullopt;
  return read_text_lut({reinterpret_cast<const char*>(file.data()), file.size()});
}

} // namespace troupe::render
