// How fast a running server answers, beside what the same work costs alone.

#include "tests/bench/requests.hpp"
#include "storage/encode/encode.hpp"
#include "storage/failure.hpp"

#include <ctime>

namespace troupe::bench {

namespace {

double thread_cpu() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}

/// CPU seconds to encode a noisy picture of that size once.
double encode_cost(int32_t side) {
  render::picture p{
    side, side,
    std::vector<uint8_t>(static_cast<size_t>(side) * static_cast<size_t>(side) * 3)};
  for (size_t i = 0; i < p.rgb.size(); ++i) // about as busy as a fluorescence tile
    p.rgb[i] = static_cast<uint8_t>((i / 3 % static_cast<size_t>(side)) / 4
                                    + (i * 2654435761u >> 29));
  constexpr int times = 200;
  encode(p, image_format::jpeg);
  auto start = thread_cpu();
  for (int i = 0; i < times; ++i)
    encode(p, image_format::jpeg);
  return (thread_cpu() - start) / times;
}

/// Different pictures, so that nothing is shared between them.
std::vector<std::string> distinct(const std::string& base, int n) {
  std::vector<std::string> out;
  for (int i = 0; i < n; ++i)
    out.push_back(fmt::format("{}&c=1|{}:3000$0000FF,2|{}:3000$00FF00,3|{}:3000$FF0000",
                              base, i, i, i));
  return out;
}

} // namespace

void bench_requests(server& s) {
  int64_t stack = 0, images = 0;
  auto all = s.api.get("/api/v1/images?limit=1000");
  for (auto& image : all.at("items")) {
    ++images;
    if (image.at("sizeC") == 4 && image.at("sizeX") == 512)
      stack = image.at("id");
  }
  if (stack == 0)
    throw failure{errc::not_found,
                  "no 512 x 512 image of 4 channels: import the specimens first"};
  fmt::print("{} images\n\n", images);
  print_head();
  auto tile = fmt::format("/api/v1/images/{}/tile?z=3&t=0&x=0&y=0&level=0", stack);
  for (auto connections : {1, 16, 64})
    print("tile 512x512, 3 channels 16 bit", connections,
          s.load(distinct(tile, 997), connections, 1000));
  for (auto connections : {16, 64})
    print(
      "thumbnail, cached", connections,
      s.load({fmt::format("/api/v1/images/{}/thumbnail", stack)}, connections, 20'000));
  for (auto connections : {16, 64})
    print("list of images", connections,
          s.load({"/api/v1/images?limit=100"}, connections, 3000));
  for (auto connections : {16, 256})
    print("healthz (the gate alone)", connections,
          s.load({"/healthz"}, connections, 30'000));

  constexpr int64_t tiles = 1000;
  auto before = s.cpu_seconds();
  s.load(distinct(tile, tiles), 4, tiles);
  auto each = (s.cpu_seconds() - before) / tiles;
  auto alone = encode_cost(512);
  fmt::print(
    "\nserver CPU per tile {:.2f} ms, its JPEG encoding alone {:.2f} ms: ratio {:.2f}\n",
    each * 1e3, alone * 1e3, each / alone);
  bench_faces(s, stack);
}

} // namespace troupe::bench
