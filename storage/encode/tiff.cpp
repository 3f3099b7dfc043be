#include "storage/encode/codecs.hpp"
#include "storage/failure.hpp"

#include <algorithm>
#include <cstring>
#include <zlib.h>

namespace troupe {
namespace {

constexpr int32_t strip_bytes = 256 << 10; ///< before packing
/// Numbers of the TIFF 6 specification.
constexpr uint16_t word = 3, wide = 4;
constexpr uint32_t not_packed = 1, deflate = 8, black_is_zero = 1, rgb = 2,
                   horizontal_differences = 2;

template <class Number>
void put(shared_bytes::vector& to, Number n) {
  for (size_t i = 0; i < sizeof n; ++i)
    to.push_back(static_cast<uint8_t>(n >> 8 * i));
}

/// A row as differences to the pixel on the left.
void differ(const uint8_t* from, size_t bytes, uint8_t* to) {
  std::memcpy(to, from, 3);
  for (size_t i = 3; i < bytes; ++i)
    to[i] = static_cast<uint8_t>(from[i] - from[i - 3]);
}

void put_strip(shared_bytes::vector& to, const render::picture& p, int32_t y,
               int32_t rows) {
  const auto row = static_cast<size_t>(p.width) * 3;
  shared_bytes::vector plain(row * static_cast<size_t>(rows));
  for (int32_t i = 0; i < rows; ++i)
    differ(p.rgb.data() + static_cast<size_t>(y + i) * row, row,
           plain.data() + static_cast<size_t>(i) * row);
  auto packed = ::compressBound(plain.size());
  const auto at = to.size();
  to.resize(at + packed);
  if (::compress2(to.data() + at, &packed, plain.data(), plain.size(), Z_BEST_SPEED)
      != Z_OK)
    throw failure{errc::internal, "TIFF: Deflate failed"};
  to.resize(at + packed);
}

struct tiff_entry {
  uint16_t tag, type;
  std::vector<uint32_t> values;
};

void put_values(shared_bytes::vector& to, const tiff_entry& e) {
  for (auto v : e.values)
    if (e.type == word)
      put(to, static_cast<uint16_t>(v));
    else
      put(to, v);
}

/// The directory, and behind it what does not fit inside.
void put_directory(shared_bytes::vector& to, const std::vector<tiff_entry>& entries) {
  shared_bytes::vector outside;
  const auto behind = to.size() + 2 + 12 * entries.size() + 4;
  put(to, static_cast<uint16_t>(entries.size()));
  for (auto& e : entries) {
    put(to, e.tag);
    put(to, e.type);
    put(to, static_cast<uint32_t>(e.values.size()));
    shared_bytes::vector inside;
    put_values(inside, e);
    if (inside.size() > 4) {
      const auto at = static_cast<uint32_t>(behind + outside.size());
      outside.insert(outside.end(), inside.begin(), inside.end());
      inside.clear();
      put(inside, at);
    }
    inside.resize(4);
    to.insert(to.end(), inside.begin(), inside.end());
  }
  put(to, uint32_t{0}); // no other page
  to.insert(to.end(), outside.begin(), outside.end());
}

/// SampleFormat.
uint32_t sample_format(pixel_type type) {
  switch (type) {
    case pixel_type::bit:
    case pixel_type::uint8:
    case pixel_type::uint16:
    case pixel_type::uint32: return 1;
    case pixel_type::int8:
    case pixel_type::int16:
    case pixel_type::int32: return 2;
    case pixel_type::float32:
    case pixel_type::float64: return 3;
    case pixel_type::complex64:
    case pixel_type::complex128: break;
  }
  return 6;
}

/// The directory comes last, at an even place.
void end_tiff(shared_bytes::vector& out, const std::vector<tiff_entry>& entries) {
  out.resize((out.size() + 1) / 2 * 2);
  const auto directory = static_cast<uint32_t>(out.size());
  std::memcpy(out.data() + 4, &directory, sizeof directory);
  put_directory(out, entries);
}

} // namespace

encoded_image encode_samples(const raw_plane& plane) {
  const auto& samples = plane.samples;
  shared_bytes::vector out{'I', 'I', 42, 0, 0, 0, 0, 0};
  const auto start = static_cast<uint32_t>(out.size());
  out.insert(out.end(), samples.data(), samples.data() + samples.size());
  end_tiff(out, {{256, wide, {static_cast<uint32_t>(plane.width)}},
                 {257, wide, {static_cast<uint32_t>(plane.height)}},
                 {258, word, {static_cast<uint32_t>(8 * bytes_of(plane.type))}},
                 {259, word, {not_packed}},
                 {262, word, {black_is_zero}},
                 {273, wide, {start}},
                 {277, word, {1}},
                 {278, wide, {static_cast<uint32_t>(plane.height)}},
                 {279, wide, {static_cast<uint32_t>(samples.size())}},
                 {284, word, {1}},
                 {339, word, {sample_format(plane.type)}}});
  return {
    "image/tiff", shared_bytes{std::move(out)}, {plane.width, plane.height}, plane.type};
}

encoded_image encode_tiff(const render::picture& p) {
  if (p.width < 1 || p.height < 1)
    throw failure{errc::bad_request, "a TIFF has at least one pixel"};
  const auto rows = std::clamp(strip_bytes / (p.width * 3), 1, p.height);
  shared_bytes::vector out{'I', 'I', 42, 0, 0, 0, 0, 0};
  std::vector<uint32_t> offsets, counts;
  for (int32_t y = 0; y < p.height; y += rows) {
    offsets.push_back(static_cast<uint32_t>(out.size()));
    put_strip(out, p, y, std::min(rows, p.height - y));
    counts.push_back(static_cast<uint32_t>(out.size()) - offsets.back());
  }
  const auto width = static_cast<uint32_t>(p.width),
             height = static_cast<uint32_t>(p.height);
  end_tiff(out, {{256, wide, {width}},
                 {257, wide, {height}},
                 {258, word, {8, 8, 8}},
                 {259, word, {deflate}},
                 {262, word, {rgb}},
                 {273, wide, offsets},
                 {277, word, {3}},
                 {278, wide, {static_cast<uint32_t>(rows)}},
                 {279, wide, counts},
                 {284, word, {1}},
                 {317, word, {horizontal_differences}}});
  return {"image/tiff", shared_bytes{std::move(out)}, {p.width, p.height}};
}

} // namespace troupe
