// bench_engine: how fast the engine is beside the limits of the machine, measured in the
// same run. Takes Google Benchmark's options; asserts nothing.

#include "tests/bench/best_times.hpp"
#include "tests/bench/goal.hpp"

#include <thread>

int main(int argc, char** argv) {
  using namespace troupe::bench;
  benchmark::Initialize(&argc, argv);
  best_times best;
  benchmark::RunSpecifiedBenchmarks(&best);
  const double cores = std::max(1u, std::thread::hardware_concurrency());
  const auto on_one_core = [&](const char* a, const char* b) {
    return best.cpu(a) / best.cpu(b);
  };
  report_goal("tile 512x512, 3 channels: draw + encode beside encode",
              on_one_core("draw_and_encode/tile_3", "encode_alone/tile_3"),
              bound::at_most, 1.35, "x");
  report_goal("tile 512x512, 8 channels: draw + encode beside encode",
              on_one_core("draw_and_encode/tile_8", "encode_alone/tile_8"),
              bound::at_most, 2.0, "x");
  report_goal("plane 2048x2048, 3 channels: draw + encode beside encode / cores",
              best.wall("draw_and_encode/plane_3") / best.wall("encode_alone/plane_3")
                * cores,
              bound::at_most, 1.3, "x");
  report_goal("max projection of 50 planes 2048x2048, of memory-read bandwidth",
              on_one_core("read_memory", "project_max"), bound::at_least, 0.6, "x");
  report_goal("stored JPEG tiles passed through on one core",
              1e9 / best.cpu("pass_through"), bound::at_least, 10000, "tiles/s");
}
