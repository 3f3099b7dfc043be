// bench URL LOGIN PASSWORD_FILE: how fast a running server answers, beside what the same
// work costs alone. Prints ratios; asserts nothing.

#include "http/client/api_client.hpp"
#include "storage/encode/encode.hpp"
#include "storage/failure.hpp"
#include "tests/bench/load.hpp"

#include <fmt/format.h>

#include <ctime>
#include <fstream>

namespace {

using namespace troupe;

struct server {
  http::api_client api;
  int port;
  std::string token;

  double cpu_seconds() {
    return api.get("/api/v1/status").at("process").at("cpuSeconds");
  }

  bench::load_result load(const std::vector<std::string>& targets, int connections,
                          int64_t requests) {
    return bench::run_load({.port = port,
                            .targets = targets,
                            .headers = {{"Authorization", "Bearer " + token}},
                            .connections = connections,
                            .requests = requests});
  }
};

double thread_cpu() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}

void print(const std::string& what, int connections, const bench::load_result& r) {
  fmt::print("{:<34} {:>4} {:>9.0f} {:>8.2f} {:>8.2f} {:>6}\n", what, connections,
             r.per_second, r.p50_ms, r.p99_ms, r.errors);
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

int run(const std::string& url, const std::string& login, const std::string& password) {
  server s{http::api_client{url}, std::stoi(url.substr(url.rfind(':') + 1)), ""};
  s.token =
    s.api.post("/api/v1/session", {{"login", login}, {"password", password}}).at("token");
  s.api.use_token(s.token);
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
  fmt::print("{} images\n\n{:<34} {:>4} {:>9} {:>8} {:>8} {:>6}\n", images, "request",
             "conn", "req/s", "p50 ms", "p99 ms", "errors");
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
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    fmt::print(stderr, "usage: bench URL LOGIN PASSWORD_FILE\n");
    return 2;
  }
  try {
    std::ifstream in{argv[3]};
    std::string password;
    std::getline(in, password);
    return run(argv[1], argv[2], password);
  } catch (const std::exception& e) {
    fmt::print(stderr, "bench: {}\n", e.what());
    return 1;
  }
}
