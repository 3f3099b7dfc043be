// Stored JPEG tiles made complete, not decoded.

#include "storage/encode/encode.hpp"
#include "storage/encode/jpeg_pass_through.hpp"
#include "storage/encode/jpeg_segments.hpp"
#include "tests/bench/engine_work.hpp"

#include <benchmark/benchmark.h>

namespace troupe::bench {
namespace {

constexpr int32_t side = 256; // as in most slides

/// A file of a slide keeps the tables apart.
struct stored {
  std::vector<uint8_t> tables{0xff, 0xd8}, pixels{0xff, 0xd8};
};

stored store(const encoded_image& file) {
  constexpr uint8_t quantisation = 0xdb, huffman = 0xc4;
  stored s;
  const auto segments = segments_of({file.bytes.data(), file.bytes.size()}).value();
  for (auto& segment : segments.list) {
    const auto shared = segment.marker == quantisation || segment.marker == huffman;
    auto& to = shared ? s.tables : s.pixels;
    to.insert(to.end(), segment.bytes.begin(), segment.bytes.end());
  }
  s.tables.insert(s.tables.end(), {0xff, 0xd9});
  s.pixels.insert(s.pixels.end(), segments.rest.begin(), segments.rest.end());
  return s;
}

void pass_through(benchmark::State& state) {
  auto v = cells_view(side, side, 3);
  const auto s =
    store(encode(render::draw(v.settings, v.planes, {}), image_format::jpeg));
  for (auto& c : v.settings.channels)
    std::tie(c.start, c.end) = std::pair{0.0, 255.0};
  for (auto _ : state)
    if (shows_stored_colors(v.settings, pixel_type::uint8, 3))
      benchmark::DoNotOptimize(complete_jpeg(s.tables, s.pixels, jpeg_colors::rgb));
    else
      state.SkipWithError("not an untouched view");
}

BENCHMARK(pass_through);

} // namespace
} // namespace troupe::bench
