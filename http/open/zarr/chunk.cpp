#include "http/open/zarr/chunk.hpp"

#include "storage/formats/zarr_codec.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace troupe::http::zarr {

namespace {

shared_bytes padded(const shared_bytes& samples, extent size, const array_layout& array) {
  if (size == array.chunk)
    return samples;
  const auto sample = bytes_of(array.type);
  const auto from = size.width * sample, to = array.chunk.width * sample;
  std::vector<uint8_t> out(to * static_cast<size_t>(array.chunk.height));
  for (size_t y = 0; y < static_cast<size_t>(size.height); ++y)
    std::memcpy(out.data() + y * to, samples.data() + y * from, from);
  return shared_bytes{std::move(out)};
}

} // namespace

std::optional<chunk_id> chunk_in_key(const std::string& key, version v) {
  std::vector<std::string_view> parts;
  for (std::string_view left = key;;) {
    const auto slash = std::min(left.find('/'), left.size());
    parts.push_back(left.substr(0, slash));
    if (slash == left.size())
      break;
    left.remove_prefix(slash + 1);
  }
  if (v == version::v05) {
    if (parts.size() != 7 || parts[1] != "c")
      return std::nullopt;
    parts.erase(parts.begin() + 1);
  }
  if (parts.size() != 6)
    return std::nullopt;
  std::array<int32_t, 6> at{};
  for (size_t i = 0; i < at.size(); ++i) {
    const auto n = number_in_key(parts[i]);
    if (!n)
      return std::nullopt;
    at[i] = *n;
  }
  return chunk_id{at[0], at[1], at[2], at[3], at[4], at[5]};
}

std::optional<region> region_of_chunk(const chunk_id& id, const array_layout& array) {
  const auto x = int64_t{id.column} * array.chunk.width,
             y = int64_t{id.row} * array.chunk.height;
  const auto& size = array.size;
  if (id.t >= size.t || id.c >= size.c || id.z >= size.z || x >= size.x || y >= size.y)
    return std::nullopt;
  return region{static_cast<int32_t>(x), static_cast<int32_t>(y),
                static_cast<int32_t>(std::min<int64_t>(array.chunk.width, size.x - x)),
                static_cast<int32_t>(std::min<int64_t>(array.chunk.height, size.y - y))};
}

shared_bytes packed_chunk(const shared_bytes& samples, extent size,
                          const array_layout& array) {
  const auto whole = padded(samples, size, array);
  return shared_bytes{
    formats::compress_by_blosc({whole.data(), whole.size()}, bytes_of(array.type))};
}

} // namespace troupe::http::zarr
