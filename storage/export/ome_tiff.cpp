#include "storage/export/ome_tiff.hpp"

#include "storage/export/tiff_entries.hpp"
#include "storage/failure.hpp"

#include <algorithm>
#include <cstring>

namespace troupe::exports {
namespace {

constexpr int32_t export_tile_side = 512;
constexpr uint64_t run_bytes = 4 << 20;       ///< of tiles made at once
constexpr size_t directory_bytes = 256 << 10; ///< of directories made at once

/// Parts of equal size, a multiple of 16, that cover a side without much waste.
int32_t tile_side_for(int32_t side) {
  const auto parts = (side + export_tile_side - 1) / export_tile_side;
  return ((side + parts - 1) / parts + 15) / 16 * 16;
}

bool suits(extent tile) {
  const auto fits = [](int32_t side) {
    return side >= 128 && side <= 1024 && side % 16 == 0;
  };
  return fits(tile.width) && fits(tile.height);
}

uint64_t sample_format_of(pixel_type type) {
  switch (type) {
    case pixel_type::int8:
    case pixel_type::int16:
    case pixel_type::int32: return 2;
    case pixel_type::float32:
    case pixel_type::float64: return 3;
    case pixel_type::complex64:
    case pixel_type::complex128: return 6;
    default: return 1;
  }
}

/// One sample of `count` pixels into interleaved ones.
template <size_t Bytes>
void interleave(const uint8_t* from, size_t count, size_t step, uint8_t* to) {
  for (size_t i = 0; i < count; ++i, from += Bytes, to += step)
    std::memcpy(to, from, Bytes);
}

void interleave(const uint8_t* from, size_t count, size_t bytes, size_t step,
                uint8_t* to) {
  if (bytes == step) {
    std::memcpy(to, from, count * bytes);
    return;
  }
  switch (bytes) {
    case 1: return interleave<1>(from, count, step, to);
    case 2: return interleave<2>(from, count, step, to);
    case 4: return interleave<4>(from, count, step, to);
    case 8: return interleave<8>(from, count, step, to);
    default: return interleave<16>(from, count, step, to);
  }
}

} // namespace

int32_t channels_together(const formats::series& image) {
  return image.rgb && (image.size.c == 3 || image.size.c == 4) ? image.size.c : 1;
}

pixel_type stored_type(pixel_type type) {
  return type == pixel_type::bit ? pixel_type::uint8 : type;
}

ome_tiff::ome_tiff(const formats::series& image, std::string xml)
  : xml_bytes_{xml.size() + 1},
    size_{image.size},
    type_{stored_type(image.type)},
    samples_{channels_together(image)} {
  for (auto size : image.levels) {
    levels_.push_back(cut(size, image.tile));
    levels_.back().start = plane_bytes_;
    plane_bytes_ += levels_.back().tiles() * levels_.back().tile_bytes;
  }
  pages_ = static_cast<uint64_t>(size_.z) * static_cast<uint64_t>(size_.c / samples_)
           * static_cast<uint64_t>(size_.t);
  const auto first = (16 + xml_bytes_ + 7) / 8 * 8;
  front_ = std::string{"II+\0\x08\0\0\0", 8};
  append_number(front_, first);
  front_ += xml;
  front_.resize(first, '\0');
  first_directories_ = directories_of(0).size(); // their size knows no offset
  more_directories_ = pages_ > 1 ? directories_of(1).size() : 0;
  tiles_ = directories_at(pages_);
}

size_t ome_tiff::pixel_bytes() const {
  return bytes_of(type_) * static_cast<size_t>(samples_);
}

ome_tiff::level ome_tiff::cut(extent size, extent wanted) const {
  level l{size, {tile_side_for(size.width), tile_side_for(size.height)}};
  if (suits(wanted) && size.width > wanted.width && size.height > wanted.height)
    l.tile = wanted;
  l.columns = (size.width + l.tile.width - 1) / l.tile.width;
  l.rows = (size.height + l.tile.height - 1) / l.tile.height;
  l.tile_bytes = static_cast<uint64_t>(l.tile.width)
                 * static_cast<uint64_t>(l.tile.height) * pixel_bytes();
  return l;
}

uint64_t ome_tiff::directories_at(uint64_t page) const {
  return front_.size()
         + (page == 0 ? 0 : first_directories_ + (page - 1) * more_directories_);
}

std::string ome_tiff::directory(uint64_t page, size_t number,
                                const std::vector<uint64_t>& smaller, uint64_t at,
                                uint64_t next) const {
  const auto& l = levels_[number];
  const auto samples = static_cast<uint64_t>(samples_);
  std::vector<uint64_t> offsets(l.tiles());
  for (size_t i = 0; i < offsets.size(); ++i)
    offsets[i] = tiles_ + page * plane_bytes_ + l.start + i * l.tile_bytes;
  const auto each = [&](uint64_t value) { return std::vector<uint64_t>(samples, value); };
  const auto rgb = samples > 1;
  using tag = tiff_tag;
  using type = tiff_type;
  tiff_directory_bytes d;
  d.put(tag::subfile_type, type::wide, {number > 0 ? 1u : 0u});
  d.put(tag::image_width, type::wide, {static_cast<uint64_t>(l.size.width)});
  d.put(tag::image_length, type::wide, {static_cast<uint64_t>(l.size.height)});
  d.put(tag::bits_per_sample, type::word, each(8 * bytes_of(type_)));
  d.put(tag::compression, type::word, {1});
  d.put(tag::photometric, type::word, {rgb ? 2u : 1u});
  if (page == 0 && number == 0)
    d.refer(tag::image_description, xml_bytes_, 16);
  d.put(tag::samples_per_pixel, type::word, {samples});
  d.put(tag::planar_configuration, type::word, {1});
  d.put(tag::tile_width, type::wide, {static_cast<uint64_t>(l.tile.width)});
  d.put(tag::tile_length, type::wide, {static_cast<uint64_t>(l.tile.height)});
  d.put(tag::tile_offsets, type::wide, offsets);
  d.put(tag::tile_byte_counts, type::wide,
        std::vector<uint64_t>(offsets.size(), l.tile_bytes));
  if (!smaller.empty())
    d.put(tag::sub_directories, type::directory_offset, smaller);
  if (samples > 3)
    d.put(tag::extra_samples, type::word, std::vector<uint64_t>(samples - 3, 2));
  d.put(tag::sample_format, type::word, each(sample_format_of(type_)));
  return d.at(at, next);
}

std::string ome_tiff::directories_of(uint64_t page) const {
  const auto start = directories_at(page);
  const auto next = page + 1 < pages_ ? directories_at(page + 1) : 0;
  std::vector<uint64_t> smaller(levels_.size() - 1);
  const auto own = directory(page, 0, smaller, start, next).size();
  std::string below;
  for (size_t i = 0; i < smaller.size(); ++i) {
    smaller[i] = start + own + below.size();
    below += directory(page, i + 1, {}, smaller[i], 0);
  }
  return directory(page, 0, smaller, start, next) + below;
}

std::string ome_tiff::some_directories(uint64_t offset) const {
  const auto behind = offset - front_.size();
  auto page = behind < first_directories_
                ? 0
                : 1 + (behind - first_directories_) / more_directories_;
  const auto skipped = offset - directories_at(page);
  std::string some;
  while (page < pages_ && some.size() < directory_bytes + skipped)
    some += directories_of(page++);
  return some.substr(skipped);
}

tile_run ome_tiff::run_at(uint64_t page, size_t number, uint64_t tile) const {
  const auto& l = levels_[number];
  const auto columns = static_cast<uint64_t>(l.columns);
  const auto column = static_cast<int32_t>(tile % columns),
             row = static_cast<int32_t>(tile / columns);
  const auto count =
    static_cast<int32_t>(std::clamp<uint64_t>(run_bytes / l.tile_bytes, 1, columns));
  const auto x = column * l.tile.width, y = row * l.tile.height;
  const auto groups = static_cast<uint64_t>(size_.c / samples_),
             sections = static_cast<uint64_t>(size_.z);
  return {{static_cast<int32_t>(page % sections),
           static_cast<int32_t>(page / sections / groups)},
          static_cast<int32_t>(page / sections % groups) * samples_,
          samples_,
          static_cast<int32_t>(number),
          {x, y,
           std::min(std::min(count, l.columns - column) * l.tile.width, l.size.width - x),
           std::min(l.tile.height, l.size.height - y)}};
}

shared_bytes::vector ome_tiff::tiles_of(const tile_run& run,
                                        const sample_source& from) const {
  const auto& l = levels_[static_cast<size_t>(run.level)];
  const auto& r = run.where;
  const auto planes = from(run);
  const auto bytes = bytes_of(type_), step = pixel_bytes();
  const auto wanted =
    static_cast<size_t>(r.width) * static_cast<size_t>(r.height) * bytes;
  if (planes.size() != static_cast<size_t>(samples_)
      || std::any_of(planes.begin(), planes.end(),
                     [&](auto& p) { return p.samples.size() != wanted; }))
    throw failure{errc::unreadable, "the image has other samples than it says"};
  const auto count = (r.width + l.tile.width - 1) / l.tile.width;
  shared_bytes::vector out(static_cast<size_t>(count) * l.tile_bytes); // edges are 0
  for (int32_t n = 0; n < count; ++n) {
    const auto x = n * l.tile.width;
    const auto width = static_cast<size_t>(std::min(l.tile.width, r.width - x));
    for (int32_t y = 0; y < r.height; ++y)
      for (size_t s = 0; s < planes.size(); ++s)
        interleave(planes[s].samples.data()
                     + (static_cast<size_t>(y) * static_cast<size_t>(r.width)
                        + static_cast<size_t>(x))
                         * bytes,
                   width, bytes, step,
                   out.data() + static_cast<size_t>(n) * l.tile_bytes
                     + static_cast<size_t>(y) * static_cast<size_t>(l.tile.width) * step
                     + s * bytes);
  }
  return out;
}

shared_bytes ome_tiff::read(uint64_t offset, const sample_source& from) const {
  const auto as_bytes = [](std::string_view text) {
    return shared_bytes{{text.begin(), text.end()}};
  };
  if (offset < front_.size())
    return as_bytes(std::string_view{front_}.substr(offset, directory_bytes));
  if (offset < tiles_)
    return as_bytes(some_directories(offset));
  const auto page = (offset - tiles_) / plane_bytes_,
             inside = (offset - tiles_) % plane_bytes_;
  size_t number = levels_.size() - 1;
  while (levels_[number].start > inside)
    --number;
  const auto& l = levels_[number];
  const auto tile = (inside - l.start) / l.tile_bytes,
             skipped = (inside - l.start) % l.tile_bytes;
  auto tiles = tiles_of(run_at(page, number, tile), from);
  tiles.erase(tiles.begin(), tiles.begin() + static_cast<ptrdiff_t>(skipped));
  return shared_bytes{std::move(tiles)};
}

} // namespace troupe::exports
