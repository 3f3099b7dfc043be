#include "tests/bench/goal.hpp"
#include "tests/bench/requests.hpp"

#include <algorithm>
#include <random>

namespace troupe::bench {

namespace {

constexpr int viewers = 8;

struct slide {
  int64_t id = 0;
  int32_t width = 0, height = 0, tile = 512;
};

slide look(server& s, int64_t image) {
  auto found = s.api.get(fmt::format("/api/v1/images/{}", image));
  return {image, found.at("sizeX"), found.at("sizeY"),
          found.at("tileSize").at("width").get<int32_t>()};
}

/// Whole tiles of the full size, scattered over the slide.
std::vector<std::string> scattered(const slide& of, size_t count,
                                   const std::string& more) {
  std::mt19937 random{7};
  const auto columns = static_cast<uint32_t>(of.width / of.tile),
             rows = static_cast<uint32_t>(of.height / of.tile);
  std::vector<std::string> out;
  for (size_t i = 0; i < count; ++i)
    out.push_back(fmt::format("/api/v1/images/{}/tile?z=0&t=0&level=0&x={}&y={}{}", of.id,
                              random() % columns, random() % rows, more));
  return out;
}

/// Stored tiles passed on, and the same tiles decoded, drawn and encoded: a window one
/// grey level narrower has to be drawn.
void passing_through(server& s, const slide& of) {
  const auto* drawn = "&c=1|0:254$FF0000,2|0:254$00FF00,3|0:254$0000FF";
  print_head();
  const auto slow = s.load(scattered(of, 400, drawn), viewers, 400);
  print("slide tile, decoded, drawn, encoded", viewers, slow);
  const auto fast = s.load(scattered(of, 8000, ""), viewers, 8000);
  print("slide tile, passed through", viewers, fast);
  report_goal(fmt::format("RGB JPEG tile of a {}x{} slide through HTTP on 2 cores, vs "
                          "decode + encode",
                          of.width, of.height),
              fast.per_second / slow.per_second, bound::at_least, 5, "x");
}

/// A window of its own for each, so that no cache has the answer.
void cold_thumbnails(server& s, const slide& of) {
  std::vector<std::string> targets;
  for (int i = 0; i < 40; ++i)
    targets.push_back(fmt::format(
      "/api/v1/images/{0}/thumbnail?c=1|{1}:255$FF0000,2|{1}:255$00FF00,3|{1}:255$0000FF",
      of.id, i + 1));
  s.load({targets.back()}, 1, 1); // the file is open
  const auto cold = s.load(targets, 1, 40);
  print("thumbnail, drawn anew", 1, cold);
  report_goal(fmt::format("thumbnail cold, {}x{} pyramid", of.width, of.height),
              cold.p50_ms, bound::at_most, 10, "ms");
}

double gauge_of(const nlohmann::json& status, const char* cache) {
  for (auto& c : status.at("caches"))
    if (c.at("name") == cache)
      return c.at("bytes");
  return 0;
}

/// Everybody wanders over the slide, some with settings of their own.
void memory_of_viewers(server& s, const slide& of) {
  auto targets = scattered(of, 3000, "");
  const auto own = scattered(of, 1000, "&c=1|0:250$FF0000,2|0:250$00FF00,3|0:250$0000FF");
  targets.insert(targets.end(), own.begin(), own.end());
  std::shuffle(targets.begin(), targets.end(), std::mt19937{3});
  print(fmt::format("{} viewers on {} x {}", viewers, of.width, of.height), viewers,
        s.load(targets, viewers, 4000));
  const auto status = s.api.get("/api/v1/status");
  const auto resident = status.at("process").at("residentBytes").get<double>();
  const auto cached = gauge_of(status, "tiles");
  fmt::print("resident {:.0f} MB, tiles cached {:.0f} MB\n", resident / 1e6,
             cached / 1e6);
  report_goal(fmt::format("resident memory beside the tile cache, 8 users on {}x{}",
                          of.width, of.height),
              (resident - cached) / 1e6, bound::at_most, 250, "MB");
}

} // namespace

void bench_slide(server& s, int64_t image) {
  const auto of = look(s, image);
  passing_through(s, of);
  cold_thumbnails(s, of);
  memory_of_viewers(s, of);
}

} // namespace troupe::bench
