#include "storage/formats/reader.hpp"

#include "storage/formats/check_tile.hpp"
#include "storage/formats/format.hpp"
#include "storage/formats/tile_cache.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace troupe::formats {
namespace {

constexpr int64_t own_cache = 64 << 20; ///< bytes a reader without a shared cache keeps

/// Channels wanted of one group, and where they go in the answer.
struct wanted_group {
  int32_t group = 0;
  std::vector<std::pair<int32_t, size_t>> samples; // of the tile -> answer
};

std::vector<wanted_group> groups_of(const std::vector<int32_t>& channels,
                                    int32_t samples) {
  std::vector<wanted_group> result;
  for (size_t i = 0; i < channels.size(); ++i) {
    const auto group = channels[i] / samples;
    auto found = std::find_if(result.begin(), result.end(),
                              [&](const wanted_group& w) { return w.group == group; });
    if (found == result.end())
      found = result.insert(result.end(), wanted_group{group, {}});
    found->samples.emplace_back(channels[i] % samples, i);
  }
  return result;
}

template <class Sample>
void copy_strided(const uint8_t* from, size_t step, size_t count, uint8_t* to) {
  for (size_t i = 0; i < count; ++i, from += step, to += sizeof(Sample))
    std::memcpy(to, from, sizeof(Sample));
}

/// One row of one sample of an interleaved tile.
void copy_row(const uint8_t* from, size_t bytes, size_t samples, size_t count,
              uint8_t* to) {
  if (samples == 1) {
    std::memcpy(to, from, count * bytes);
    return;
  }
  switch (bytes) {
    case 1: return copy_strided<uint8_t>(from, samples, count, to);
    case 2: return copy_strided<uint16_t>(from, samples * 2, count, to);
    case 4: return copy_strided<uint32_t>(from, samples * 4, count, to);
    case 8: return copy_strided<uint64_t>(from, samples * 8, count, to);
    default: return copy_strided<std::array<uint64_t, 2>>(from, samples * 16, count, to);
  }
}

/// The answer while it is filled: planes of the size of `where`.
class planes_under_way {
public:
  planes_under_way(const block& b, pixel_type type)
    : where_{b.where},
      type_{type},
      bytes_{bytes_of(type)},
      planes_(b.channels.size()) {
    for (auto& p : planes_)
      p.resize(static_cast<size_t>(where_.width) * static_cast<size_t>(where_.height)
               * bytes_);
  }

  /// Copies what `from`, whose top left is (x, y), has in common with the answer.
  void take(const tile& from, int32_t x, int32_t y, const region& common,
            const wanted_group& wanted) {
    const auto samples = static_cast<size_t>(from.samples);
    const auto stride = static_cast<size_t>(from.size.width) * samples * bytes_;
    for (auto [sample, answer] : wanted.samples)
      for (auto row = common.y; row < common.y + common.height; ++row)
        copy_row(
          from.bytes.data() + static_cast<size_t>(row - y) * stride
            + (static_cast<size_t>(common.x - x) * samples + static_cast<size_t>(sample))
                * bytes_,
          bytes_, samples, static_cast<size_t>(common.width),
          planes_[answer].data()
            + (static_cast<size_t>(row - where_.y) * static_cast<size_t>(where_.width)
               + static_cast<size_t>(common.x - where_.x))
                * bytes_);
  }

  std::vector<raw_plane> finish() {
    std::vector<raw_plane> result;
    for (auto& p : planes_)
      result.push_back({where_.width, where_.height, type_, shared_bytes{std::move(p)}});
    return result;
  }

private:
  region where_;
  pixel_type type_;
  size_t bytes_;
  std::vector<shared_bytes::vector> planes_;
};

region intersection(const region& a, const region& b) {
  const auto x = std::max(a.x, b.x), y = std::max(a.y, b.y);
  return {x, y, std::min(a.x + a.width, b.x + b.width) - x,
          std::min(a.y + a.height, b.y + b.height) - y};
}

} // namespace

fileset_reader::fileset_reader(fileset_ptr from, tile_cache* cache)
  : from_{std::move(from)},
    own_{cache ? nullptr : std::make_unique<tile_cache>(own_cache)},
    cache_{cache ? cache : own_.get()} {}

fileset_reader::~fileset_reader() = default;

decoder& fileset_reader::opened() {
  if (!decoder_)
    decoder_ = from_->open();
  return *decoder_;
}

tile fileset_reader::get(const tile_id& which) {
  return cache_->get(from_->id(), which, [&] { return opened().decode(which); });
}

std::optional<shared_bytes> fileset_reader::stored_jpeg(const tile_id& which) {
  return opened().stored_jpeg(which);
}

std::vector<raw_plane> fileset_reader::read(const block& b) {
  const auto& what = check_block(describe(), b);
  const auto cut = from_->tiling_of(b.series, b.level);
  const auto level = what.levels[static_cast<size_t>(b.level)];
  planes_under_way answer{b, what.type};
  const auto& r = b.where;
  for (auto& wanted : groups_of(b.channels, cut.samples))
    for (auto row = r.y / cut.tile.height;
         row * int64_t{cut.tile.height} < r.y + r.height; ++row)
      for (auto column = r.x / cut.tile.width;
           column * int64_t{cut.tile.width} < r.x + r.width; ++column) {
        const region here{column * cut.tile.width, row * cut.tile.height, cut.tile.width,
                          cut.tile.height};
        const auto part = intersection(here, {0, 0, level.width, level.height});
        const auto t = get({b.series, b.level, b.at, wanted.group, column, row});
        check_tile(t, part, cut, what.type);
        answer.take(t, here.x, here.y, intersection(part, r), wanted);
      }
  return answer.finish();
}

std::unique_ptr<reader> open(const std::filesystem::path& file) {
  return std::make_unique<fileset_reader>(parse(file));
}

} // namespace troupe::formats
