#include "storage/formats/ome_zarr_tiles.hpp"

#include <algorithm>
#include <cstring>

namespace troupe::formats {
namespace {

/// Elements from one index of each dimension to the next, in a stored chunk.
std::vector<int64_t> strides_of(const zarr_array& a) {
  std::vector<int64_t> strides(a.order.size());
  int64_t stride = 1;
  for (size_t i = a.order.size(); i-- > 0;) {
    const auto d = static_cast<size_t>(a.order[i]);
    strides[d] = stride;
    stride *= a.chunk[d];
  }
  return strides;
}

/// Where a plane of a chunk is in it: which chunk, the first element, and the steps.
struct plane_of_chunk {
  std::vector<int64_t> chunk;
  int64_t first = 0, step_x = 1, step_y = 1;
  bool alone = true; ///< the chunk has no other plane
};

plane_of_chunk find_plane(const ome_zarr_image& image, const zarr_array& a,
                          const tile_id& which) {
  const auto strides = strides_of(a);
  plane_of_chunk found;
  found.chunk.resize(a.shape.size());
  const std::array<int64_t, 3> at{which.at.t, which.group, which.at.z};
  for (auto axis : {axis_t, axis_c, axis_z}) {
    const auto dimension = image.axes.dimension[axis];
    if (dimension == ome_zarr_axes::absent)
      continue;
    const auto d = static_cast<size_t>(dimension);
    found.chunk[d] = at[axis] / a.chunk[d];
    found.first += at[axis] % a.chunk[d] * strides[d];
    found.alone = found.alone && a.chunk[d] == 1;
  }
  const auto x = static_cast<size_t>(image.axes.dimension[axis_x]);
  const auto y = static_cast<size_t>(image.axes.dimension[axis_y]);
  found.chunk[x] = which.column;
  found.chunk[y] = which.row;
  found.step_x = strides[x];
  found.step_y = strides[y];
  return found;
}

template <size_t Bytes>
void take_row(const uint8_t* from, size_t step, size_t count, uint8_t* to) {
  for (size_t i = 0; i < count; ++i, from += step * Bytes, to += Bytes)
    std::memcpy(to, from, Bytes);
}

void take_row(const uint8_t* from, size_t step, size_t count, size_t bytes, uint8_t* to) {
  if (step == 1) {
    std::memcpy(to, from, count * bytes);
    return;
  }
  switch (bytes) {
    case 1: return take_row<1>(from, step, count, to);
    case 2: return take_row<2>(from, step, count, to);
    case 4: return take_row<4>(from, step, count, to);
    case 8: return take_row<8>(from, step, count, to);
    default: return take_row<16>(from, step, count, to);
  }
}

void fill(shared_bytes::vector& samples, const std::vector<uint8_t>& element) {
  for (size_t i = 0; i < samples.size(); i += element.size())
    std::copy(element.begin(), element.end(), samples.begin() + static_cast<long>(i));
}

} // namespace

tile cut_tile(const ome_zarr_image& image, const tile_id& which, zarr_chunks& chunks) {
  const auto& a = image.levels[static_cast<size_t>(which.level)];
  const auto level = image.what.levels[static_cast<size_t>(which.level)];
  const auto cut = tiling_of(image, which.level).tile;
  const extent size{std::min(cut.width, level.width - which.column * cut.width),
                    std::min(cut.height, level.height - which.row * cut.height)};
  const auto plane = find_plane(image, a, which);
  const auto bytes = bytes_of(image.what.type);
  const auto row = static_cast<size_t>(size.width) * bytes;
  shared_bytes::vector samples(row * static_cast<size_t>(size.height));
  if (const auto chunk = chunks.get(a, plane.chunk, !plane.alone)) {
    auto from = chunk->data() + static_cast<size_t>(plane.first) * bytes;
    for (int32_t y = 0; y < size.height;
         ++y, from += static_cast<size_t>(plane.step_y) * bytes)
      take_row(from, static_cast<size_t>(plane.step_x), static_cast<size_t>(size.width),
               bytes, samples.data() + static_cast<size_t>(y) * row);
  } else {
    fill(samples, a.fill);
  }
  return {size, 1, image.what.type, shared_bytes{std::move(samples)}};
}

} // namespace troupe::formats
