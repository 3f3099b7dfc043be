#include "storage/formats/zarr_elements.hpp"

#include "storage/failure.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace troupe::formats {
namespace {

/// Bytes of what is swapped at once: a complex number has two.
size_t swapped_bytes(const zarr_type& t) {
  const auto complex =
    t.type == pixel_type::complex64 || t.type == pixel_type::complex128;
  return static_cast<size_t>(t.bytes) / (complex ? 2 : 1);
}

template <size_t Bytes>
void swap_all(std::vector<uint8_t>& elements) {
  for (size_t i = 0; i + Bytes <= elements.size(); i += Bytes)
    std::reverse(elements.data() + i, elements.data() + i + Bytes);
}

void to_little_endian(std::vector<uint8_t>& elements, size_t bytes) {
  switch (bytes) {
    case 2: return swap_all<2>(elements);
    case 4: return swap_all<4>(elements);
    case 8: return swap_all<8>(elements);
    default: return;
  }
}

template <class Wide, class Narrow>
std::vector<uint8_t> narrowed(const std::vector<uint8_t>& elements) {
  std::vector<uint8_t> result(elements.size() / sizeof(Wide) * sizeof(Narrow));
  for (size_t i = 0; i < elements.size() / sizeof(Wide); ++i) {
    Wide value;
    std::memcpy(&value, elements.data() + i * sizeof value, sizeof value);
    if (value > std::numeric_limits<Narrow>::max()
        || value < std::numeric_limits<Narrow>::min())
      throw failure{errc::unreadable, "a 64-bit integer does not fit 32 bits"};
    const auto small = static_cast<Narrow>(value);
    std::memcpy(result.data() + i * sizeof small, &small, sizeof small);
  }
  return result;
}

} // namespace

std::vector<uint8_t> as_elements(std::vector<uint8_t> stored, const zarr_type& t) {
  if (t.big_endian)
    to_little_endian(stored, swapped_bytes(t));
  if (t.type == pixel_type::bit)
    for (auto& b : stored)
      b = b != 0;
  if (t.type == pixel_type::int32 && t.bytes == 8)
    return narrowed<int64_t, int32_t>(stored);
  if (t.type == pixel_type::uint32 && t.bytes == 8)
    return narrowed<uint64_t, uint32_t>(stored);
  return stored;
}

} // namespace troupe::formats
