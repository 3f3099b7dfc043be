#include "storage/derive/tile_codec.hpp"

#include "storage/failure.hpp"

#include <cstring>
#include <zstd.h>

namespace troupe::derive {
namespace {

/// Measured: slower levels take longer than the disk does for what they save.
constexpr int zstd_level = 1;

template <class Sample>
void subtract(const uint8_t* from, size_t count, size_t step, uint8_t* to) {
  const auto a = reinterpret_cast<const Sample*>(from);
  const auto out = reinterpret_cast<Sample*>(to);
  for (size_t i = 0; i < step; ++i)
    out[i] = a[i];
  for (size_t i = step; i < count; ++i)
    out[i] = static_cast<Sample>(a[i] - a[i - step]);
}

template <class Sample>
void add_up(const uint8_t* from, size_t count, size_t step, uint8_t* to) {
  const auto a = reinterpret_cast<const Sample*>(from);
  const auto out = reinterpret_cast<Sample*>(to);
  for (size_t i = 0; i < step; ++i)
    out[i] = a[i];
  for (size_t i = step; i < count; ++i)
    out[i] = static_cast<Sample>(out[i - step] + a[i]);
}

} // namespace

struct tile_codec::contexts {
  contexts() : pack{ZSTD_createCCtx()}, unpack{ZSTD_createDCtx()} {}
  ~contexts() {
    ZSTD_freeCCtx(pack);
    ZSTD_freeDCtx(unpack);
  }
  contexts(const contexts&) = delete;
  contexts& operator=(const contexts&) = delete;
  ZSTD_CCtx* pack;
  ZSTD_DCtx* unpack;
};

bool stores_differences(pixel_type type) {
  switch (type) {
    case pixel_type::int8:
    case pixel_type::uint8:
    case pixel_type::int16:
    case pixel_type::uint16: return true;
    default: return false;
  }
}

tile_codec::tile_codec(pixel_type type, size_t side, size_t samples)
  : row_bytes_{side * samples * bytes_of(type)},
    samples_per_pixel_{samples},
    sample_bytes_{bytes_of(type)},
    differences_{stores_differences(type)},
    samples_(side * row_bytes_),
    different_(differences_ ? samples_.size() : 0),
    packed_(ZSTD_compressBound(samples_.size())),
    zstd_{std::make_unique<contexts>()} {}

tile_codec::~tile_codec() = default;

std::string_view tile_codec::encode() {
  for (size_t at = 0; at < different_.size(); at += row_bytes_) {
    const auto from = samples_.data() + at;
    const auto to = different_.data() + at;
    if (sample_bytes_ == 1)
      subtract<uint8_t>(from, row_bytes_, samples_per_pixel_, to);
    else
      subtract<uint16_t>(from, row_bytes_ / 2, samples_per_pixel_, to);
  }
  const auto& raw = differences_ ? different_ : samples_;
  const auto size = ZSTD_compressCCtx(zstd_->pack, packed_.data(), packed_.size(),
                                      raw.data(), raw.size(), zstd_level);
  if (ZSTD_isError(size))
    throw failure{errc::internal, ZSTD_getErrorName(size)};
  return {reinterpret_cast<const char*>(packed_.data()), size};
}

void tile_codec::decode(std::string_view stored) {
  auto& raw = differences_ ? different_ : samples_;
  const auto size = ZSTD_decompressDCtx(zstd_->unpack, raw.data(), raw.size(),
                                        stored.data(), stored.size());
  if (ZSTD_isError(size) || size != raw.size())
    throw failure{errc::unreadable, "a tile of a pyramid is damaged"};
  for (size_t at = 0; at < different_.size(); at += row_bytes_) {
    const auto from = different_.data() + at;
    const auto to = samples_.data() + at;
    if (sample_bytes_ == 1)
      add_up<uint8_t>(from, row_bytes_, samples_per_pixel_, to);
    else
      add_up<uint16_t>(from, row_bytes_ / 2, samples_per_pixel_, to);
  }
}

} // namespace troupe::derive
