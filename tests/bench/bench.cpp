// bench URL LOGIN PASSWORD_FILE [SLIDE]: measures a running server, and on it the image
// named SLIDE as a slide. Prints ratios; asserts nothing.

#include "storage/failure.hpp"
#include "tests/bench/requests.hpp"

#include <fstream>

namespace {

using namespace troupe;

int64_t image_named(bench::server& s, const std::string& name) {
  auto all = s.api.get("/api/v1/images?limit=1000");
  for (auto& image : all.at("items"))
    if (image.at("name").get<std::string>().find(name) != std::string::npos)
      return image.at("id");
  throw failure{errc::not_found, "no image is called " + name};
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 4 && argc != 5) {
    fmt::print(stderr, "usage: bench URL LOGIN PASSWORD_FILE [SLIDE]\n");
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
      bench::bench_slide(s, image_named(s, argv[4]));
    return 0;
  } catch (const std::exception& e) {
    fmt::print(stderr, "bench: {}\n", e.what());
    return 1;
  }
}
