// Planes made of planes against the golden vectors.

#include "storage/render/project.hpp"
#include "storage/samples.hpp"
#include "tests/unit/storage/golden_cases.hpp"

using namespace troupe;
using namespace troupe::render;
using namespace troupe::test::golden;

namespace {

void check_plane(const json& c, profile p, const raw_plane& got) {
  const auto& wanted = expected_of(c, p);
  REQUIRE(got.height == wanted.at("shape").at(0));
  REQUIRE(got.width == wanted.at("shape").at(1));
  REQUIRE(got.type == type_in(wanted));
  std::vector<double> samples;
  for_each_sample(got, [&](double v) { samples.push_back(v); });
  size_t i = 0, wrong = 0;
  for_each_sample(
    {got.width, got.height, got.type, shared_bytes{bytes_of_file(wanted.at("file"))}},
    [&](double v) { wrong += is_close(c, samples.at(i++), v) ? 0 : 1; });
  CHECK(i == samples.size());
  CHECK(wrong == 0);
}

} // namespace

TEST_CASE("golden: projections") {
  run("project", [](const json& c, profile p) {
    const stack in{c.at("input")};
    const auto how = c.at("method") == "intmax"    ? projection::max
                     : c.at("method") == "intmean" ? projection::mean
                                                   : projection::sum;
    const auto plane = project(
      how, {c.at("start"), c.at("end"), c.at("step")}, in.size_z(), in.size(), in.type,
      [&](int32_t z) { return in.read(0, 0, z, in.everything()); }, p);
    check_plane(c, p, plane);
  });
}

TEST_CASE("golden: smaller levels") {
  run("downsample", [](const json& c, profile p) {
    auto plane = stack{c.at("input")}.plane();
    for (int step = 0; step < c.at("steps").get<int>(); ++step)
      plane = half_of(plane);
    check_plane(c, p, plane);
  });
}
