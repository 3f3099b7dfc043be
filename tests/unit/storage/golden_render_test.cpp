// Drawing against the golden vectors.

#include "storage/render/project.hpp"
#include "storage/render/resample.hpp"
#include "tests/unit/storage/golden_cases.hpp"

using namespace troupe;
using namespace troupe::render;
using namespace troupe::test::golden;

namespace {

settings settings_in(const json& c, profile p) {
  const auto& j = c.at("settings");
  const auto& stats = c.at("input").at("stats");
  settings s;
  s.model = j.at("model") == "rgb" ? model::color : model::greyscale;
  s.levels = quantum_in(j.at("quantum"));
  s.profile = p;
  for (auto& channel : j.at("channels")) {
    channel_settings x;
    x.index = static_cast<int32_t>(s.channels.size());
    x.active = channel.at("active");
    std::tie(x.start, x.end) = *range_in(channel.at("window"));
    x.color = color_in(channel.at("color"));
    x.curve = family_in(channel.at("family"));
    x.coefficient = number(channel.at("coefficient"));
    x.inverted = channel.at("inverted");
    x.noise_reduction = channel.at("noise_reduction");
    x.lut = channel.at("lut").is_null() ? "" : channel.at("lut").get<std::string>();
    if (!stats.is_null())
      x.statistics = range_in(stats.at(s.channels.size()));
    s.channels.push_back(std::move(x));
  }
  return s;
}

/// The plane, or slice, of a channel that a case looks at.
raw_plane viewed(const json& c, const stack& in, int32_t channel) {
  const auto& plane = c.at("plane");
  const auto t = plane.at("t").get<int32_t>(), z = plane.at("z").get<int32_t>();
  const auto size = in.size();
  auto part = [&](const region& r) {
    return [&in, t, channel, r](int32_t at) { return in.read(t, channel, at, r); };
  };
  if (plane.at("slice") == "XZ")
    return slice_xz(in.size_z(), part({0, plane.at("y"), size.width, 1}));
  if (plane.at("slice") == "ZY")
    return slice_zy(in.size_z(), part({plane.at("x"), 0, 1, size.height}));
  if (plane.at("region").is_null())
    return thinned(in.read(t, channel, z, in.everything()), plane.at("stride"));
  return in.read(t, channel, z, cropped(region_in(plane.at("region")), size));
}

picture draw_with(const json& c, profile p, const stack& in,
                  const std::function<raw_plane(int32_t channel)>& plane_of) {
  static const lut_library tables{folder() / "luts"};
  const auto s = settings_in(c, p);
  std::vector<raw_plane> planes;
  for (auto channel : drawn_channels(s))
    planes.push_back(plane_of(channel));
  return draw(s, planes, in.size(), in.bits, tables);
}

picture draw_case(const json& c, profile p) {
  const stack in{c.at("input")};
  return draw_with(c, p, in, [&](int32_t channel) { return viewed(c, in, channel); });
}

void check_picture(const json& c, profile p, const picture& drawn) {
  const auto& wanted = expected_of(c, p);
  CHECK(drawn.height == wanted.at("shape").at(0));
  CHECK(drawn.width == wanted.at("shape").at(1));
  CHECK(drawn.rgb == bytes_of_file(wanted.at("file")));
}

} // namespace

TEST_CASE("golden: drawing equals the reference, byte by byte") {
  run("render", [](const json& c, profile p) {
    const auto drawn = draw_case(c, p);
    check_picture(c, p, drawn);
  });
}

TEST_CASE("golden: regions of smaller levels") {
  run("render_level", [](const json& c, profile p) {
    const stack in{c.at("input")};
    check_picture(c, p, draw_with(c, p, in, [&](int32_t channel) {
                    auto plane = in.read(0, channel, 0, in.everything());
                    for (int level = 0; level < c.at("web_level").get<int>(); ++level)
                      plane = half_of(plane);
                    stack smaller = in;
                    smaller.shape = {1, 1, 1, plane.height, plane.width};
                    smaller.bytes.assign(plane.samples.data(),
                                         plane.samples.data() + plane.samples.size());
                    return viewed(c, smaller, 0);
                  }));
  });
}

TEST_CASE("golden: projections are drawn like planes") {
  run("render_projected", [](const json& c, profile p) {
    const stack in{c.at("input")};
    const auto how = c.at("method") == "intmax"    ? projection::max
                     : c.at("method") == "intmean" ? projection::mean
                                                   : projection::sum;
    const z_range z{c.at("start"), c.at("end"), c.at("step")};
    check_picture(c, p, draw_with(c, p, in, [&](int32_t channel) {
                    return project(
                      how, z, in.size_z(), in.size(), in.type,
                      [&](int32_t at) {
                        return in.read(c.at("plane").at("t"), channel, at,
                                       in.everything());
                      },
                      p);
                  }));
  });
}

TEST_CASE("golden: levels of single samples") {
  run("quantize", [](const json& c, profile p) {
    const auto& channel = c.at("channel");
    const auto window = *range_in(channel.at("window"));
    const quantiser q{{.type = type_in(c),
                       .significant_bits = bits_in(c.at("significant_bits")),
                       .start = window.first,
                       .end = window.second,
                       .curve = family_in(channel.at("family")),
                       .coefficient = number(channel.at("coefficient")),
                       .noise_reduction = channel.at("noise_reduction"),
                       .statistics = range_in(c.at("stats")),
                       .codomain = quantum_in(c.at("quantum")),
                       .profile = p}};
    const auto& wanted = expected_of(c, p);
    REQUIRE(wanted.size() == c.at("values").size());
    for (size_t i = 0; i < wanted.size(); ++i) {
      CAPTURE(c.at("values")[i].dump());
      CHECK(q.level(number(c.at("values")[i])) == wanted[i].get<int>());
    }
  });
}

TEST_CASE("golden: thumbnails look the same") {
  run("thumbnail", [](const json& c, profile p) {
    const auto& wanted = expected_of(c, p);
    const auto full = draw_case(c, p);
    const extent size{full.width, full.height};
    const auto small =
      resample(full, omero_scaled_size(size, thumbnail_size(size, c.at("longest"))));
    REQUIRE(small.height == wanted.at("shape").at(0));
    REQUIRE(small.width == wanted.at("shape").at(1));
    const auto pixels = bytes_of_file(wanted.at("file"));
    double sum = 0, worst = 0;
    for (size_t i = 0; i < pixels.size(); ++i) {
      const double off = std::abs(small.rgb[i] - pixels[i]);
      sum += off;
      worst = std::max(worst, off);
    }
    CHECK(sum / static_cast<double>(pixels.size())
          <= c.at("tolerance").at("mean_abs").get<double>());
    CHECK(worst <= c.at("tolerance").at("max_abs").get<double>());
  });
}
