#include "storage/encode/jpeg_segments.hpp"

#include "storage/failure.hpp"

namespace troupe {
namespace {

constexpr uint8_t baseline = 0xc0, progressive = 0xc2;

uint16_t big_endian(std::span<const uint8_t> bytes, size_t at) {
  return static_cast<uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

bool is_frame(uint8_t marker) {
  return marker >= baseline && marker <= progressive;
}

} // namespace

std::optional<jpeg_segments> segments_of(std::span<const uint8_t> file) {
  if (file.size() < 4 || file[0] != 0xff || file[1] != jpeg_marker::start)
    return std::nullopt;
  jpeg_segments found;
  auto rest = file.subspan(2);
  while (rest.size() >= 2) {
    if (rest[0] != 0xff)
      return std::nullopt;
    if (rest[1] == 0xff) { // fill bytes may come before a marker
      rest = rest.subspan(1);
      continue;
    }
    if (rest[1] == jpeg_marker::end)
      return found;
    if (rest.size() < 4)
      return std::nullopt;
    const auto size = size_t{2} + big_endian(rest, 2);
    if (size < 4 || size > rest.size())
      return std::nullopt;
    if (rest[1] == jpeg_marker::scan) {
      found.rest = rest;
      return found;
    }
    found.list.push_back({rest[1], rest.first(size)});
    rest = rest.subspan(size);
  }
  return found;
}

std::optional<jpeg_frame> frame_of(const jpeg_segment& s) {
  constexpr size_t header = 10;
  if (!is_frame(s.marker) || s.bytes.size() < header)
    return std::nullopt;
  return jpeg_frame{
    {big_endian(s.bytes, 7), big_endian(s.bytes, 5)}, s.bytes[4], s.bytes[9]};
}

std::span<const uint8_t> scan_of(std::span<const uint8_t> file) {
  const auto segments = segments_of(file);
  if (!segments || segments->rest.empty())
    throw failure{errc::internal, "a JPEG band without a scan"};
  const auto rest = segments->rest;
  const auto header = size_t{2} + big_endian(rest, 2);
  return rest.subspan(header, rest.size() - header - 2);
}

void set_height(std::span<uint8_t> header, int32_t height) {
  for (size_t at = 2; at + 9 < header.size();
       at += size_t{2} + big_endian(header, at + 2))
    if (is_frame(header[at + 1])) {
      header[at + 5] = static_cast<uint8_t>(height >> 8);
      header[at + 6] = static_cast<uint8_t>(height);
    }
}

} // namespace troupe
