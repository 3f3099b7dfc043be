#include "storage/formats/ome_xml_planes.hpp"

#include "storage/failure.hpp"
#include "storage/formats/limits.hpp"
#include "storage/formats/ome_layout.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace troupe::formats {
namespace {

constexpr int32_t empty_tile = 512;
constexpr int64_t zlib_expansion = 1032, bzip2_expansion = 100'000; // at the very most

/// Where the base64 of a block ends is where the next tag begins.
xml_block block_of(const ome_block& from, const std::string& text) {
  const auto begin = static_cast<size_t>(std::max<int64_t>(0, from.offset));
  const auto end = begin > 0 ? std::min(text.find('<', begin), text.size()) : begin;
  return {from.offset, static_cast<int64_t>(end - begin), from.coding, from.big_endian};
}

/// The most bytes a block can hold; those it holds when it is not compressed.
int64_t capacity(const xml_block& b, const std::string& text) {
  const auto begin = text.begin() + b.offset;
  const auto letters =
    std::count_if(begin, begin + b.length, [](char c) { return c > ' ' && c != '='; });
  const auto bytes = letters * 3 / 4;
  switch (b.coding) {
    case bin_coding::none: return bytes;
    case bin_coding::zlib: return bytes * zlib_expansion;
    case bin_coding::bzip2: return bytes * bzip2_expansion;
  }
  return 0;
}

/// A block per plane, or all planes in one.
void assign(const series& s, const std::string& text, xml_image& image) {
  const plane_order order{s.dimension_order, s.size.z, s.size.c, s.size.t};
  std::vector<int64_t> room;
  for (auto& block : image.blocks)
    room.push_back(capacity(block, text));
  const auto together =
    room.size() == 1 && room[0] / order.count() >= image.plane_bytes();
  const auto present =
    together ? order.count() : std::min<int64_t>(order.count(), std::ssize(room));
  for (int64_t i = 0; i < present; ++i) {
    if (!together && room[static_cast<size_t>(i)] < image.plane_bytes())
      continue;
    const auto [z, c, t] = order.plane(i);
    auto& plane = image.planes[static_cast<size_t>((t * s.size.c + c) * s.size.z + z)];
    plane = together ? xml_plane{0, i * image.plane_bytes()}
                     : xml_plane{static_cast<int32_t>(i), 0};
  }
}

} // namespace

xml_image place_blocks(const ome_image& from, const std::string& text,
                       std::vector<std::string>& warnings) {
  const auto& s = from.what;
  xml_image image{s.size, s.type, {}, {}, {}};
  for (auto& block : from.blocks)
    image.blocks.push_back(block_of(block, text));
  image.planes.resize(static_cast<size_t>(int64_t{s.size.z} * s.size.c * s.size.t));
  assign(s, text, image);
  const auto missing =
    std::count_if(image.planes.begin(), image.planes.end(),
                  [](const xml_plane& plane) { return plane.block < 0; });
  if (missing > 0)
    warnings.push_back(fmt::format("{} of {} planes are not in the file: they are black",
                                   missing, image.planes.size()));
  const auto empty = missing == std::ssize(image.planes);
  if (!empty && image.plane_bytes() > limits::max_block_bytes)
    throw failure{errc::unreadable, "a plane of it is too large"};
  image.tile = empty
                 ? extent{std::min(s.size.x, empty_tile), std::min(s.size.y, empty_tile)}
                 : extent{s.size.x, s.size.y};
  return image;
}

} // namespace troupe::formats
