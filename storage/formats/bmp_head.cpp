#include "storage/formats/bmp_head.hpp"

#include "storage/formats/refusals.hpp"

#include <algorithm>
#include <bit>
#include <fmt/format.h>

namespace troupe::formats {
namespace {

constexpr size_t file_head = 14, core_head = 12, info_head = 40, v3_head = 56;
enum coding : uint32_t { plain = 0, bit_fields = 3, alpha_bit_fields = 6 };

/// Little-endian numbers of the head.
class head_bytes {
public:
  explicit head_bytes(std::span<const uint8_t> bytes) : bytes_{bytes} {}
  uint32_t number(size_t at, size_t count) const {
    if (at + count > bytes_.size())
      refuse("truncated: its header is not whole");
    uint32_t value = 0;
    for (size_t i = count; i-- > 0;)
      value = value << 8 | bytes_[at + i];
    return value;
  }

private:
  std::span<const uint8_t> bytes_;
};

bmp_mask mask_of(uint32_t bits) {
  if (bits == 0)
    return {};
  const bmp_mask m{std::countr_zero(bits), std::popcount(bits)};
  if (m.bits > 16 || (bits >> m.shift) != (uint64_t{1} << m.bits) - 1)
    refuse("its colour masks are invalid");
  return m;
}

/// Red, green and blue where the file has no masks of its own.
std::array<bmp_mask, 4> usual_masks(int32_t bits) {
  if (bits == 16)
    return {{{10, 5}, {5, 5}, {0, 5}, {}}};
  return {{{16, 8}, {8, 8}, {0, 8}, {}}};
}

std::array<bmp_mask, 4> read_masks(const head_bytes& in, uint32_t how, size_t head_size) {
  const auto at = file_head + info_head;
  std::array<bmp_mask, 4> masks;
  const size_t count = how == alpha_bit_fields || head_size >= v3_head ? 4 : 3;
  for (size_t i = 0; i < count; ++i)
    masks[i] = mask_of(in.number(at + 4 * i, 4));
  return masks;
}

std::vector<rgba> read_palette(const head_bytes& in, size_t at, size_t count,
                               size_t entry) {
  std::vector<rgba> palette;
  for (size_t i = 0; i < count; ++i, at += entry)
    palette.push_back({static_cast<uint8_t>(in.number(at + 2, 1)),
                       static_cast<uint8_t>(in.number(at + 1, 1)),
                       static_cast<uint8_t>(in.number(at, 1)), 255});
  return palette;
}

void check(const bmp_head& h, uint32_t how, size_t file_size) {
  if (h.size.width < 1 || h.size.height < 1)
    refuse("invalid dimensions: the image has no pixels");
  constexpr std::array known{1, 4, 8, 16, 24, 32};
  if (std::find(known.begin(), known.end(), h.bits) == known.end())
    refuse(fmt::format("a bitmap of {} bits a pixel", h.bits));
  const auto masked = how == bit_fields || how == alpha_bit_fields;
  if (how != plain && !(masked && (h.bits == 16 || h.bits == 32)))
    refuse("compressed bitmaps are not supported");
  if (h.pixels > file_size
      || h.row_bytes > (file_size - h.pixels) / static_cast<size_t>(h.size.height))
    refuse(fmt::format("truncated: {} x {} pixels are declared, the file has {} bytes",
                       h.size.width, h.size.height, file_size));
}

} // namespace

bmp_head read_bmp_head(std::span<const uint8_t> bytes, size_t file_size) {
  const head_bytes in{bytes};
  bmp_head h;
  h.pixels = in.number(10, 4);
  const size_t head_size = in.number(file_head, 4);
  const auto core = head_size == core_head;
  if (!core && (head_size < info_head || head_size > 1024))
    refuse("not a bitmap we know");
  const auto height = static_cast<int32_t>(core ? in.number(20, 2) : in.number(22, 4));
  h.size.width = static_cast<int32_t>(core ? in.number(18, 2) : in.number(18, 4));
  h.top_down = height < 0;
  h.size.height = height == INT32_MIN ? 0 : std::abs(height);
  h.bits = static_cast<int32_t>(in.number(core ? 24 : 28, 2));
  const auto how = core ? plain : in.number(30, 4);
  h.row_bytes =
    (static_cast<size_t>(std::max(0, h.size.width)) * static_cast<size_t>(h.bits) + 31)
    / 32 * 4;
  check(h, how, file_size);
  h.masks = how == plain ? usual_masks(h.bits) : read_masks(in, how, head_size);
  if (h.bits <= 8) {
    const auto used = core ? 0 : in.number(46, 4);
    const auto full = uint32_t{1} << h.bits;
    h.palette = read_palette(in, file_head + head_size,
                             used == 0 ? full : std::min(used, full), core ? 3 : 4);
    h.grey = std::all_of(h.palette.begin(), h.palette.end(), [](const rgba& c) {
      return c.red == c.green && c.green == c.blue;
    });
  }
  return h;
}

} // namespace troupe::formats
