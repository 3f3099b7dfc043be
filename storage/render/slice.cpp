#include "storage/render/slice.hpp"

#include "storage/failure.hpp"

#include <cstring>

namespace troupe::render {
namespace {

void check(const raw_plane& line, const raw_plane& first) {
  if (line.width != first.width || line.height != first.height || line.type != first.type
      || line.samples.size() != first.samples.size())
    throw failure{errc::internal, "the planes of a stack differ"};
}

void check(int32_t size_z) {
  if (size_z < 1)
    throw failure{errc::bad_request, "a stack without planes"};
}

} // namespace

raw_plane slice_xz(int32_t size_z, const plane_source& row_at) {
  check(size_z);
  const auto first = row_at(0);
  shared_bytes::vector samples;
  samples.reserve(first.samples.size() * static_cast<size_t>(size_z));
  for (int32_t z = 0; z < size_z; ++z) {
    const auto row = z == 0 ? first : row_at(z);
    check(row, first);
    samples.insert(samples.end(), row.samples.data(),
                   row.samples.data() + row.samples.size());
  }
  return {first.width, size_z, first.type, shared_bytes{std::move(samples)}};
}

raw_plane slice_zy(int32_t size_z, const plane_source& column_at) {
  check(size_z);
  const auto first = column_at(0);
  const auto size = bytes_of(first.type);
  const auto row_bytes = static_cast<size_t>(size_z) * size;
  shared_bytes::vector samples(row_bytes * static_cast<size_t>(first.height));
  for (int32_t z = 0; z < size_z; ++z) {
    const auto column = z == 0 ? first : column_at(z);
    check(column, first);
    for (size_t y = 0; y < static_cast<size_t>(first.height); ++y)
      std::memcpy(samples.data() + y * row_bytes + static_cast<size_t>(z) * size,
                  column.samples.data() + y * size, size);
  }
  return {size_z, first.height, first.type, shared_bytes{std::move(samples)}};
}

raw_plane thinned(const raw_plane& plane, int32_t stride) {
  if (stride < 0)
    throw failure{errc::bad_request, "a stride below 0"};
  const auto step = static_cast<size_t>(stride) + 1, size = bytes_of(plane.type);
  const auto width = static_cast<size_t>(plane.width) / step;
  const auto height = static_cast<size_t>(plane.height) / step;
  shared_bytes::vector samples(width * height * size);
  auto to = samples.data();
  for (size_t y = 0; y < height; ++y)
    for (size_t x = 0; x < width; ++x, to += size)
      std::memcpy(to,
                  plane.samples.data()
                    + (y * step * static_cast<size_t>(plane.width) + x * step) * size,
                  size);
  return {static_cast<int32_t>(width), static_cast<int32_t>(height), plane.type,
          shared_bytes{std::move(samples)}};
}

} // namespace troupe::render
