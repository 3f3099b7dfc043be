#include "storage/formats/jp2_palette.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace troupe::formats {
namespace {

constexpr int32_t most_boxes = 1000;

/// The contents of a box, in the file.
struct span_of_file {
  uint64_t first = 0, end = 0;
};

uint64_t number_at(const uint8_t* bytes, int32_t count) {
  uint64_t value = 0;
  for (int32_t i = 0; i < count; ++i)
    value = value << 8 | bytes[i];
  return value;
}

std::optional<span_of_file> find_box(const byte_source& from, span_of_file in,
                                     const char* name) {
  for (int32_t i = 0; i < most_boxes && in.end - in.first >= 8; ++i) {
    std::array<uint8_t, 16> head{};
    const auto got = from.read(in.first, head.data(), head.size());
    uint64_t size = number_at(head.data(), 4), head_size = 8;
    if (size == 1) {
      size = number_at(head.data() + 8, 8);
      head_size = 16;
    } else if (size == 0) {
      size = in.end - in.first; // up to the end
    }
    if (got < head_size || size < head_size || size > in.end - in.first)
      return std::nullopt;
    if (std::memcmp(head.data() + 4, name, 4) == 0)
      return span_of_file{in.first + head_size, in.first + size};
    in.first += size;
  }
  return std::nullopt;
}

} // namespace

std::optional<jp2_palette> palette_of_jp2(const byte_source& from) {
  const auto head = find_box(from, {0, from.size}, "jp2h");
  const auto found = head ? find_box(from, *head, "pclr") : std::nullopt;
  std::array<uint8_t, 3 + 255> content{};
  if (!found)
    return std::nullopt;
  const auto got =
    from.read(found->first, content.data(),
              std::min<uint64_t>(content.size(), found->end - found->first));
  const size_t channels = content[2];
  if (got < 3 + channels || channels == 0)
    return std::nullopt;
  jp2_palette palette{static_cast<int32_t>(channels), 0};
  for (size_t i = 0; i < channels; ++i)
    palette.bits = std::max(palette.bits, (content[3 + i] & 0x7f) + 1);
  return palette;
}

} // namespace troupe::formats
