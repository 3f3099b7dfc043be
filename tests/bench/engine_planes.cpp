// Work that memory limits: projections.

#include "storage/render/project.hpp"
#include "tests/bench/engine_work.hpp"

#include <benchmark/benchmark.h>

namespace troupe::bench {
namespace {

constexpr int32_t side = 2048, depth = 50;

/// Every plane a piece of memory of its own.
const std::vector<raw_plane>& stack() {
  static const std::vector<raw_plane> planes = [] {
    const auto one = cells(side, side, 1);
    std::vector<raw_plane> all;
    for (int32_t z = 0; z < depth; ++z) {
      shared_bytes::vector copy{one.samples.data(),
                                one.samples.data() + one.samples.size()};
      copy[static_cast<size_t>(z)] ^= 1;
      all.push_back({side, side, one.type, shared_bytes{std::move(copy)}});
    }
    return all;
  }();
  return planes;
}

/// The limit: reading all planes once.
void read_memory(benchmark::State& state) {
  for (auto _ : state) {
    uint64_t sums[8] = {};
    for (auto& p : stack()) {
      const auto words = reinterpret_cast<const uint64_t*>(p.samples.data());
      for (size_t i = 0; i < p.samples.size() / 8; i += 8)
        for (size_t k = 0; k < 8; ++k)
          sums[k] += words[i + k];
    }
    benchmark::DoNotOptimize(sums);
  }
}

void project_max(benchmark::State& state) {
  const auto& planes = stack();
  for (auto _ : state)
    benchmark::DoNotOptimize(render::project(
      render::projection::max, {0, depth - 1, 1}, depth, {side, side}, planes[0].type,
      [&](int32_t z) { return planes[static_cast<size_t>(z)]; }));
}

void project_mean(benchmark::State& state) {
  const auto& planes = stack();
  for (auto _ : state)
    benchmark::DoNotOptimize(render::project(
      render::projection::mean, {0, depth - 1, 1}, depth, {side, side}, planes[0].type,
      [&](int32_t z) { return planes[static_cast<size_t>(z)]; }));
}

BENCHMARK(read_memory);
BENCHMARK(project_max);
BENCHMARK(project_mean);

} // namespace
} // namespace troupe::bench
