#include "storage/formats/jpeg_tables.hpp"

#include <array>

namespace troupe::formats {
namespace {

constexpr uint8_t start_of_image = 0xd8, end_of_image = 0xd9, start_of_scan = 0xda,
                  jfif = 0xe0, adobe = 0xee;

/// A marker with its length and content.
struct segment {
  uint8_t marker = 0;
  std::span<const uint8_t> bytes; ///< from 0xff on
};

/// Segments up to the first scan, the scan's head among them.
class segments {
public:
  explicit segments(std::span<const uint8_t> jpeg) : jpeg_{jpeg} {}
  bool good() const {
    return jpeg_.size() >= 4 && jpeg_[0] == 0xff && jpeg_[1] == start_of_image;
  }
  std::optional<segment> next() {
    while (at_ + 1 < jpeg_.size() && jpeg_[at_] == 0xff && jpeg_[at_ + 1] == 0xff)
      ++at_; // fill bytes
    if (at_ + 4 > jpeg_.size() || jpeg_[at_] != 0xff || jpeg_[at_ + 1] == end_of_image)
      return std::nullopt;
    const auto size = size_t{2} + (size_t{jpeg_[at_ + 2]} << 8 | jpeg_[at_ + 3]);
    if (size < 4 || size > jpeg_.size() - at_)
      return std::nullopt;
    const segment found{jpeg_[at_ + 1], jpeg_.subspan(at_, size)};
    at_ += size;
    return found;
  }
  /// What follows the last segment given.
  std::span<const uint8_t> rest() const { return jpeg_.subspan(at_); }

private:
  std::span<const uint8_t> jpeg_;
  size_t at_ = 2;
};

bool is_frame(uint8_t marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8
         && marker != 0xcc;
}

template <class Bytes>
void append(shared_bytes::vector& to, const Bytes& more) {
  to.insert(to.end(), more.begin(), more.end());
}

} // namespace

std::optional<jpeg_frame> frame_of(std::span<const uint8_t> jpeg) {
  segments all{jpeg};
  if (!all.good())
    return std::nullopt;
  while (const auto s = all.next())
    if (is_frame(s->marker) && s->bytes.size() >= 10) {
      const auto at = [&](size_t i) { return int32_t{s->bytes[i]}; };
      return jpeg_frame{{at(7) << 8 | at(8), at(5) << 8 | at(6)}, at(9), at(4)};
    }
  return std::nullopt;
}

std::optional<shared_bytes> whole_jpeg(std::span<const uint8_t> tables,
                                       std::span<const uint8_t> stream,
                                       jpeg_colors colors) {
  segments shared{tables}, own{stream};
  if (!own.good() || (!tables.empty() && !shared.good()))
    return std::nullopt;
  shared_bytes::vector out{0xff, start_of_image};
  out.reserve(tables.size() + stream.size() + 16);
  if (colors != jpeg_colors::grey)
    append(out, std::array<uint8_t, 16>{
                  0xff, adobe, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0,
                  static_cast<uint8_t>(colors == jpeg_colors::luma ? 1 : 0)});
  while (const auto s = tables.empty() ? std::nullopt : shared.next())
    append(out, s->bytes);
  while (const auto s = own.next()) {
    if (s->marker != jfif && s->marker != adobe)
      append(out, s->bytes);
    if (s->marker == start_of_scan) {
      append(out, own.rest());
      if (out[out.size() - 2] != 0xff || out.back() != end_of_image)
        append(out, std::array<uint8_t, 2>{0xff, end_of_image});
      return shared_bytes{std::move(out)};
    }
  }
  return std::nullopt;
}

} // namespace troupe::formats
