// bench URL LOGIN PASSWORD_FILE [newest-slide]: measures a running server; with the last
// word, the slide that was imported last. Prints ratios; asserts nothing.

#include "storage/failure.hpp"
#include "tests/bench/requests.hpp"

#include <fstream>

namespace {

using namespace troupe;

/// The image imported last that is more than 8000 pixels wide.
int64_t newest_slide(bench::server& s) {
  const auto all = s.api.get("/api/v1/images?limit=1000&sort=-id");
  for (auto& image : all.at("items"))
    if (image.at("sizeX") > 8000)
      return image.at("id");
  throw failure{errc::not_found, "no slide was imported"};
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 4 && argc != 5) {
    fmt::print(stderr, "usage: bench URL LOGIN PASSWORD_FILE [newest-slide]\n");
    return 2;
  }
  try {
    std::ifstream in{argv[3]};
    std::string password;
    std::getline(in, password);
    bench::server s{argv[1], argv[2], password};
    if (argc == 4)
      bench::bench_requests(s);
    else
      bench::bench_slide(s, newest_slide(s));
    return 0;
  } catch (const std::exception& e) {
    fmt::print(stderr, "bench: {}\n", e.what());
    return 1;
  }
}
