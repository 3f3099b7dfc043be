// bench_derive: how fast a pyramid of 20,000 x 20,000 RGB is made, from tiles in memory
// and from an uncompressed TIFF, with what it takes on disk.

#include "storage/derive/build.hpp"
#include "storage/formats/format.hpp"
#include "tests/bench/goal.hpp"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cmath>
#include <fstream>
#include <map>
#include <thread>
#include <tiffio.h>
#include <unistd.h>

namespace {

using namespace troupe;
namespace fs = std::filesystem;

constexpr int32_t side = 20'000, tile_side = 256, kinds = 16;
constexpr double megapixels = 1e-6 * side * side;

/// A tile of a stained slide: bright and even at first, ever more structure.
shared_bytes slide_tile(int32_t kind) {
  shared_bytes::vector out;
  uint32_t noise = 1 + static_cast<uint32_t>(kind);
  for (int32_t y = 0; y < tile_side; ++y)
    for (int32_t x = 0; x < tile_side; ++x)
      for (int32_t c = 0; c < 3; ++c) {
        noise = noise * 1664525 + 1013904223;
        const auto wave =
          kind * 5 * std::sin((x + kind * 31) / 9.0) * std::cos((y + c * 40) / 13.0);
        const auto value = 235 - kind * 6 + wave + (noise >> 24) % (2 + kind / 2);
        out.push_back(static_cast<uint8_t>(std::clamp(value, 0.0, 255.0)));
      }
  return shared_bytes{std::move(out)};
}

const std::vector<shared_bytes>& slide_tiles() {
  static const auto tiles = [] {
    std::vector<shared_bytes> made;
    for (int32_t kind = 0; kind < kinds; ++kind)
      made.push_back(slide_tile(kind));
    return made;
  }();
  return tiles;
}

const shared_bytes& tile_at(int32_t column, int32_t row) {
  return slide_tiles()[static_cast<size_t>((column / 5 + row / 7) % kinds)];
}

/// Decodes in no time.
class slide_in_memory : public formats::fileset {
public:
  slide_in_memory() : fileset{what()} {}
  formats::tiling tiling_of(int32_t, int32_t) const override {
    return {{tile_side, tile_side}, 3};
  }
  std::unique_ptr<formats::decoder> open() const override {
    return std::make_unique<decoder>();
  }

private:
  struct decoder : formats::decoder {
    formats::tile decode(const formats::tile_id& id) override {
      return {{tile_side, tile_side}, 3, pixel_type::uint8, tile_at(id.column, id.row)};
    }
  };
  static formats::description what() {
    formats::series s;
    s.size = {side, side, 1, 3, 1};
    s.rgb = true;
    s.levels = {{side, side}};
    s.channels.resize(3);
    formats::description d;
    d.images.push_back(std::move(s));
    return d;
  }
};

void write_slide(const fs::path& file) {
  const auto tiff = TIFFOpen(file.c_str(), "w8");
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, side);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, side);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_TILEWIDTH, tile_side);
  TIFFSetField(tiff, TIFFTAG_TILELENGTH, tile_side);
  uint32_t index = 0;
  for (int32_t row = 0; row * tile_side < side; ++row)
    for (int32_t column = 0; column * tile_side < side; ++column) {
      auto bytes = tile_at(column, row);
      TIFFWriteRawTile(tiff, index++, const_cast<uint8_t*>(bytes.data()),
                       static_cast<tmsize_t>(bytes.size()));
    }
  TIFFClose(tiff);
}

class scratch {
public:
  scratch() {
    auto pattern = (fs::temp_directory_path() / "bench-derive-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~scratch() { fs::remove_all(path); }
  fs::path path;
};

void make(benchmark::State& state, const formats::fileset_ptr& from, const fs::path& file,
          const fs::path& folder) {
  for (auto _ : state) {
    derive::build({.from = from,
                   .file = file,
                   .folder = folder,
                   .threads = std::max(1u, std::thread::hardware_concurrency())},
                  [](double) {});
    state.PauseTiming();
    const auto bytes = fs::file_size(folder / derive::pyramid_name);
    state.counters["of_raw"] = static_cast<double>(bytes) / (megapixels * 1e6);
    derive::remove(folder);
    state.ResumeTiming();
  }
  state.counters["MPixel/s"] = benchmark::Counter(
    megapixels * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void from_memory(benchmark::State& state) {
  const scratch room;
  std::ofstream{room.path / "source"} << "in memory";
  make(state, std::make_shared<slide_in_memory>(), room.path / "source",
       room.path / "pyramid");
}

void from_tiff(benchmark::State& state) {
  const scratch room;
  write_slide(room.path / "source.tif");
  make(state, formats::parse(room.path / "source.tif"), room.path / "source.tif",
       room.path / "pyramid");
}

BENCHMARK(from_memory)
  ->Iterations(1)
  ->Repetitions(3)
  ->UseRealTime()
  ->Unit(benchmark::kMillisecond);
BENCHMARK(from_tiff)
  ->Iterations(1)
  ->Repetitions(3)
  ->UseRealTime()
  ->MeasureProcessCPUTime()
  ->Unit(benchmark::kMillisecond);

/// Keeps the best rate of each.
class best_rates : public benchmark::ConsoleReporter {
public:
  best_rates() : ConsoleReporter{OO_None} {} // no colours: the output is kept
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (auto& run : runs)
      if (run.run_type == Run::RT_Iteration)
        if (auto& best = of_[run.run_name.function_name];
            run.counters.at("MPixel/s") > best)
          best = run.counters.at("MPixel/s");
  }
  double of(const std::string& name) { return of_[name]; }

private:
  std::map<std::string, double> of_;
};

} // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  best_rates best;
  benchmark::RunSpecifiedBenchmarks(&best);
  bench::report_goal("pyramid of 20,000 x 20,000 RGB, tiles in memory",
                     best.of("from_memory"), bench::bound::at_least, 150, "MPixel/s");
  bench::report_goal("pyramid of 20,000 x 20,000 RGB, uncompressed TIFF",
                     best.of("from_tiff"), bench::bound::at_least, 150, "MPixel/s");
}
