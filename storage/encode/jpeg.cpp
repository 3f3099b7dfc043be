// JPEG on one core, or in bands on several.

#include "storage/derive/parallel.hpp"
#include "storage/encode/codecs.hpp"
#include "storage/encode/jpeg_encoder.hpp"
#include "storage/encode/jpeg_segments.hpp"
#include "storage/failure.hpp"

#include <algorithm>
#include <cmath>

namespace troupe {
namespace {

constexpr int32_t unit = mcu_line::rows;
constexpr int32_t longest_side = 65500;
constexpr uint32_t largest_restart = 65535;
constexpr int64_t smallest_band = 128 * 1024; // pixels that are worth a thread's turn
constexpr size_t bands_per_thread = 8;       // for even shares

int percent_of(double quality) {
  if (std::isnan(quality))
    quality = default_quality;
  return static_cast<int>(std::lround(100 * std::clamp(quality, 0.01, 1.0)));
}

/// Rows of a band: whole MCUs, as many as a restart interval can count.
int32_t band_rows(extent size, size_t threads) {
  const auto width = (size.width + unit - 1) / unit;
  const auto fair =
    static_cast<int64_t>(size.height) / static_cast<int64_t>(bands_per_thread * threads);
  const auto rows = std::max<int64_t>(fair, smallest_band / size.width) / unit;
  return static_cast<int32_t>(std::clamp<int64_t>(rows, 1, largest_restart / width))
         * unit;
}

/// Bands one below the other, restart markers between.
shared_bytes::vector joined(const std::vector<shared_bytes::vector>& bands,
                            int32_t height) {
  size_t size = 0;
  for (auto& band : bands)
    size += band.size();
  shared_bytes::vector all;
  all.reserve(size);
  for (size_t i = 0; i < bands.size(); ++i) {
    const auto scan = scan_of(bands[i]);
    if (i == 0) {
      all.assign(bands[0].data(), scan.data());
      set_height(all, height);
    } else {
      all.insert(all.end(),
                 {0xff, static_cast<uint8_t>(jpeg_marker::restart + (i - 1) % 8)});
    }
    all.insert(all.end(), scan.begin(), scan.end());
  }
  all.insert(all.end(), {0xff, jpeg_marker::end});
  return all;
}

shared_bytes::vector encode_bands(extent size, const row_source& rows, int percent,
                                  size_t threads, int32_t band_height) {
  const auto count = static_cast<size_t>((size.height + band_height - 1) / band_height);
  const auto restart = (size.width + unit - 1) / unit * (band_height / unit);
  std::vector<shared_bytes::vector> bands(count);
  derive::in_parallel(threads, count, [&](size_t i, size_t) {
    const auto top = static_cast<int32_t>(i) * band_height;
    const auto height = std::min(band_height, size.height - top);
    const auto bytes = jpeg_encoder::of_thread().encode(
      {{size.width, height}, top, percent, static_cast<uint32_t>(restart)}, rows);
    bands[i].assign(bytes.begin(), bytes.end());
  });
  return joined(bands, size.height);
}

} // namespace

encoded_image encode_jpeg(extent size, const row_source& rows, double quality,
                          size_t threads) {
  if (size.width < 1 || size.height < 1 || size.width > longest_side
      || size.height > longest_side)
    throw failure{errc::bad_request, "a JPEG has 1 to 65500 pixels a side"};
  const auto percent = percent_of(quality);
  const auto band = band_rows(size, std::max<size_t>(threads, 1));
  if (threads > 1 && band < size.height)
    return {"image/jpeg", shared_bytes{encode_bands(size, rows, percent, threads, band)},
            size};
  const auto bytes = jpeg_encoder::of_thread().encode({size, 0, percent, 0}, rows);
  return {"image/jpeg", shared_bytes{{bytes.begin(), bytes.end()}}, size};
}

} // namespace troupe
