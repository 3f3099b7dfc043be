#include "storage/formats/tiff_blocks.hpp"

#include "storage/failure.hpp"
#include "storage/formats/tiff_samples.hpp"

#include <algorithm>

namespace troupe::formats {
namespace {

/// Blocks above this are not worth keeping: other readers need the memory.
constexpr size_t largest_kept = size_t{256} << 20;

/// One block and the part of it that is wanted.
struct part {
  uint32_t index = 0;
  int32_t x = 0, y = 0, height = 0; // of the block, in the directory
  region wanted;                    // in the directory
};

std::vector<part> parts_of(const tiff_directory& d, const region& r, uint32_t plane) {
  const auto across = (d.size.width + d.block.width - 1) / d.block.width;
  const auto down = (d.size.height + d.block.height - 1) / d.block.height;
  std::vector<part> parts;
  for (auto row = r.y / d.block.height; row <= (r.y + r.height - 1) / d.block.height;
       ++row)
    for (auto column = r.x / d.block.width; column <= (r.x + r.width - 1) / d.block.width;
         ++column) {
      part p;
      p.x = column * d.block.width;
      p.y = row * d.block.height;
      p.index = static_cast<uint32_t>((int64_t{plane} * down + row) * across + column);
      p.height = d.tiled ? d.block.height : std::min(d.block.height, d.size.height - p.y);
      p.wanted.x = std::max(r.x, p.x);
      p.wanted.y = std::max(r.y, p.y);
      p.wanted.width = std::min(r.x + r.width, p.x + d.block.width) - p.wanted.x;
      p.wanted.height = std::min(r.y + r.height, p.y + d.block.height) - p.wanted.y;
      parts.push_back(p);
    }
  return parts;
}

} // namespace

const uint8_t* tiff_blocks::decode(const tiff_directory& d, uint32_t index,
                                   size_t expected) {
  if (block_directory_ == d.offset && block_index_ == index && block_.size() == expected)
    return block_.data();
  block_directory_ = 0;
  const auto tiff = file_->get();
  block_.assign(expected, 0);
  const auto size = static_cast<tmsize_t>(expected);
  int count_unknown = 0, offset_unknown = 0;
  const auto stored = TIFFGetStrileByteCountWithErr(tiff, index, &count_unknown);
  const auto offset = TIFFGetStrileOffsetWithErr(tiff, index, &offset_unknown);
  if (count_unknown || offset_unknown)
    file_->fail("truncated: it does not say where its pixels are");
  if (d.tiled && stored == 0 && offset == 0) { // a tile never written is black
    block_directory_ = d.offset;
    block_index_ = index;
    return block_.data();
  }
  if (stored == 0 || offset >= static_cast<uint64_t>(file_->bytes()))
    throw failure{errc::unreadable, "truncated: pixels are outside the file"};
  const auto got = d.tiled ? TIFFReadEncodedTile(tiff, index, block_.data(), size)
                           : TIFFReadEncodedStrip(tiff, index, block_.data(), size);
  ++decoded_;
  if (got != size)
    file_->fail("its pixels cannot be decoded");
  block_directory_ = d.offset;
  block_index_ = index;
  return block_.data();
}

void tiff_blocks::forget_if_large() {
  if (block_.size() > largest_kept) {
    block_ = {};
    block_directory_ = 0;
  }
}

std::vector<raw_plane> tiff_blocks::read(const tiff_directory& d,
                                         const std::vector<int32_t>& samples,
                                         const region& where) {
  file_->enter(d.offset);
  const auto sample_bytes = bytes_of(d.type);
  const auto row_bytes = static_cast<size_t>(where.width) * sample_bytes;
  std::vector<shared_bytes::vector> planes(samples.size());
  for (auto& p : planes)
    p.resize(row_bytes * static_cast<size_t>(where.height));

  /// Takes channel samples[which] out of the decoded blocks of `plane`.
  auto copy = [&](const part& p, const uint8_t* block, size_t stride, size_t which) {
    const auto sample = d.planar ? 0 : samples[which];
    for (auto y = p.wanted.y; y < p.wanted.y + p.wanted.height; ++y) {
      const stored_row row{block + static_cast<size_t>(y - p.y) * stride,
                           p.wanted.x - p.x, p.wanted.width, d.planar ? 1 : d.stored};
      const auto to = planes[which].data() + static_cast<size_t>(y - where.y) * row_bytes
                      + static_cast<size_t>(p.wanted.x - where.x) * sample_bytes;
      take_samples(d, row, sample, to);
    }
  };
  const auto stride = static_cast<size_t>(d.tiled ? TIFFTileRowSize64(file_->get())
                                                  : TIFFScanlineSize64(file_->get()));
  if (d.planar) {
    for (size_t i = 0; i < samples.size(); ++i)
      for (auto& p : parts_of(d, where, static_cast<uint32_t>(samples[i])))
        copy(p, decode(d, p.index, stride * static_cast<size_t>(p.height)), stride, i);
  } else {
    for (auto& p : parts_of(d, where, 0)) {
      const auto block = decode(d, p.index, stride * static_cast<size_t>(p.height));
      for (size_t i = 0; i < samples.size(); ++i)
        copy(p, block, stride, i);
    }
  }
  forget_if_large();
  std::vector<raw_plane> result;
  for (auto& p : planes)
    result.push_back({where.width, where.height, d.type, shared_bytes{std::move(p)}});
  return result;
}

} // namespace troupe::formats
