// Drawing and encoding, beside TurboJPEG encoding the same picture alone.

#include "storage/encode/encode.hpp"
#include "tests/bench/engine_work.hpp"

#include <benchmark/benchmark.h>
#include <turbojpeg.h>

#include <memory>
#include <thread>

namespace troupe::bench {
namespace {

constexpr int32_t tile = 512, plane = 2048;

/// The limit: what the encoder alone costs, its handle and buffer ready.
void encode_alone(benchmark::State& state, int32_t side, int32_t channels) {
  const auto& v = cells_view(side, side, channels);
  const auto picture = render::draw(v.settings, v.planes, {});
  const std::unique_ptr<void, int (*)(void*)> handle{tjInitCompress(), tjDestroy};
  std::vector<unsigned char> bytes(tjBufSize(side, side, TJSAMP_420));
  for (auto _ : state) {
    auto at = bytes.data();
    unsigned long size = bytes.size();
    tjCompress2(handle.get(), picture.rgb.data(), side, 0, side, TJPF_RGB, &at, &size,
                TJSAMP_420, 85, TJFLAG_NOREALLOC);
    benchmark::DoNotOptimize(size);
  }
}

void draw_and_encode(benchmark::State& state, int32_t side, int32_t channels,
                     size_t threads) {
  const auto& v = cells_view(side, side, channels);
  for (auto _ : state) {
    const auto painter = render::painter_of(v.settings, v.planes, {});
    benchmark::DoNotOptimize(encode(painter, image_format::jpeg, 0.85, threads));
  }
}

void draw_alone(benchmark::State& state, int32_t channels) {
  const auto& v = cells_view(tile, tile, channels);
  for (auto _ : state)
    benchmark::DoNotOptimize(render::draw(v.settings, v.planes, {}));
}

/// Dragging a curve: a window nobody used before, each time.
void draw_new_window(benchmark::State& state, render::family curve) {
  auto v = cells_view(tile, tile, 3);
  for (auto& c : v.settings.channels)
    c.curve = curve;
  for (auto _ : state) {
    for (auto& c : v.settings.channels)
      c.start += 1e-3;
    benchmark::DoNotOptimize(render::draw(v.settings, v.planes, {}));
  }
}

BENCHMARK_CAPTURE(encode_alone, tile_3, tile, 3);
BENCHMARK_CAPTURE(draw_and_encode, tile_3, tile, 3, 1);
BENCHMARK_CAPTURE(encode_alone, tile_8, tile, 8);
BENCHMARK_CAPTURE(draw_and_encode, tile_8, tile, 8, 1);
BENCHMARK_CAPTURE(encode_alone, tile_100, tile, 100);
BENCHMARK_CAPTURE(draw_and_encode, tile_100, tile, 100, 1);
BENCHMARK_CAPTURE(draw_alone, tile_3, 3);
BENCHMARK_CAPTURE(draw_new_window, linear, render::family::linear);
BENCHMARK_CAPTURE(draw_new_window, polynomial, render::family::polynomial);
BENCHMARK_CAPTURE(encode_alone, plane_3, plane, 3);
BENCHMARK_CAPTURE(draw_and_encode, plane_3, plane, 3,
                  std::max(1u, std::thread::hardware_concurrency()))
  ->MeasureProcessCPUTime()
  ->UseRealTime();

} // namespace
} // namespace troupe::bench
