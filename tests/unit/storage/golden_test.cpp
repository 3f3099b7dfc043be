// Drawing against the golden vectors of the rendering reference, profile `fixed`.

#include "storage/failure.hpp"
#include "storage/formats/reader.hpp"
#include "storage/render/compose.hpp"

#include <cmath>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

using namespace troupe;
using namespace troupe::render;
using nlohmann::json;

namespace {

std::filesystem::path golden_folder() {
  if (auto set = std::getenv("TROUPE_GOLDEN"))
    return set;
  return std::filesystem::path{TROUPE_SOURCE_DIR} / "../shared/reference/golden";
}

std::vector<uint8_t> bytes_of_file(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  REQUIRE_MESSAGE(in, file.string());
  return {std::istreambuf_iterator<char>{in}, {}};
}

double number(const json& j) {
  if (j.is_number())
    return j.get<double>();
  const auto text = j.get<std::string>();
  constexpr auto infinity = std::numeric_limits<double>::infinity();
  return text == "inf" ? infinity : text == "-inf" ? -infinity : std::nan("");
}

family family_of(const std::string& name) {
  const std::string names[] = {"linear", "polynomial", "exponential", "logarithmic"};
  const auto found = std::find(std::begin(names), std::end(names), name);
  return static_cast<family>(found - std::begin(names)); // unknown ones are refused
}

/// Of a `quantize` case, and of a channel of a `render` case.
quantisation quantisation_of(const json& channel, const json& quantum, pixel_type type,
                             const json& significant_bits, const json& stats) {
  quantisation q;
  q.type = type;
  q.significant_bits = significant_bits.is_null() ? 0 : significant_bits.get<int32_t>();
  q.start = number(channel.at("window").at(0));
  q.end = number(channel.at("window").at(1));
  q.curve = family_of(channel.at("family").get<std::string>());
  q.coefficient = number(channel.at("coefficient"));
  q.inverted = channel.value("inverted", false);
  q.noise_reduction = channel.at("noise_reduction").get<bool>();
  if (!stats.is_null())
    q.statistics = {number(stats.at(0)), number(stats.at(1))};
  q.codomain_start = quantum.at("cd_start").get<int32_t>();
  q.codomain_end = quantum.at("cd_end").get<int32_t>();
  q.bit_resolution = quantum.at("bit_resolution").get<int32_t>();
  return q;
}

/// A T, C, Z, Y, X array of which planes are read.
struct input {
  explicit input(const json& j)
    : type{*pixel_type_of(j.at("type").get<std::string>())},
      shape{j.at("shape").get<std::array<int32_t, 5>>()},
      bytes{bytes_of_file(golden_folder() / j.at("file").get<std::string>())} {}

  region cropped(const json& wanted) const {
    if (wanted.is_null())
      return {0, 0, shape[4], shape[3]};
    auto r = region{wanted.at(0), wanted.at(1), wanted.at(2), wanted.at(3)};
    r.width = std::min(r.width, shape[4] - r.x);
    r.height = std::min(r.height, shape[3] - r.y);
    return r;
  }

  raw_plane read(int32_t t, int32_t c, int32_t z, const region& r) const {
    const auto size = bytes_of(type);
    shared_bytes::vector samples;
    for (auto y = r.y; y < r.y + r.height; ++y) {
      const auto at =
        (((size_t(t) * shape[1] + c) * shape[2] + z) * shape[3] + y) * shape[4] + r.x;
      const auto from = bytes.begin() + static_cast<ptrdiff_t>(at * size);
      samples.insert(samples.end(), from, from + static_cast<ptrdiff_t>(r.width * size));
    }
    return {r.width, r.height, type, shared_bytes{std::move(samples)}};
  }

  pixel_type type;
  std::array<int32_t, 5> shape;
  std::vector<uint8_t> bytes;
};

bool can_run(const json& c) {
  for (auto& channel : c.at("settings").at("channels"))
    if (!channel.at("lut").is_null())
      return false;
  const auto& plane = c.at("plane");
  return plane.at("slice") == "XY" && plane.at("stride") == 0;
}

const json& expected_of(const json& c) {
  return c.contains("expected_fixed") ? c.at("expected_fixed") : c.at("expected");
}

/// The settings of a case, as far as they can be said with settings.
std::optional<settings> settings_of(const json& j) {
  settings s;
  s.model = j.at("model") == "rgb" ? model::color : model::greyscale;
  if (j.at("quantum") != json{{"cd_start", 0}, {"cd_end", 255}, {"bit_resolution", 255}})
    return std::nullopt;
  for (auto& channel : j.at("channels")) {
    if (channel.at("noise_reduction").get<bool>())
      return std::nullopt;
    channel_settings c;
    c.index = static_cast<int32_t>(s.channels.size());
    c.active = channel.at("active").get<bool>();
    c.start = number(channel.at("window").at(0));
    c.end = number(channel.at("window").at(1));
    const auto color = channel.at("color").get<std::array<uint8_t, 4>>();
    c.color = {color[0], color[1], color[2], color[3]};
    c.curve = family_of(channel.at("family").get<std::string>());
    c.coefficient = number(channel.at("coefficient"));
    c.inverted = channel.at("inverted").get<bool>();
    s.channels.push_back(c);
  }
  return s;
}

/// Draws a case below draw(), where noise reduction and codomain can be said.
picture compose_case(const json& c, const input& in, const region& where) {
  const auto grey = c.at("settings").at("model") != "rgb";
  const auto& stats = c.at("input").at("stats");
  std::vector<raw_plane> planes;
  std::vector<layer> layers;
  const auto& channels = c.at("settings").at("channels");
  planes.reserve(channels.size());
  for (size_t i = 0; i < channels.size(); ++i) {
    const auto& channel = channels[i];
    if (!channel.at("active").get<bool>() || (grey && !planes.empty()))
      continue;
    planes.push_back(in.read(c.at("plane").at("t"), static_cast<int32_t>(i),
                             c.at("plane").at("z"), where));
    const auto color = channel.at("color").get<std::array<uint8_t, 4>>();
    layers.push_back({&planes.back(),
                      quantisation_of(channel, c.at("settings").at("quantum"), in.type,
                                      c.at("input").at("significant_bits"),
                                      stats.is_null() ? json{} : stats.at(i)),
                      {{color[0], color[1], color[2], color[3]}, grey}});
  }
  return compose(layers, {where.width, where.height});
}

picture draw_case(const json& c, const settings& s, const input& in,
                  const region& where) {
  std::vector<raw_plane> planes;
  for (auto channel : drawn_channels(s))
    planes.push_back(
      in.read(c.at("plane").at("t"), channel, c.at("plane").at("z"), where));
  const auto& bits = c.at("input").at("significant_bits");
  return draw(s, planes, {where.width, where.height},
              bits.is_null() ? 0 : bits.get<int32_t>());
}

void check_render(const json& c) {
  const input in{c.at("input")};
  const auto where = in.cropped(c.at("plane").at("region"));
  formats::description whole;
  whole.images.resize(1);
  whole.images[0].size = {in.shape[4], in.shape[3], in.shape[2], in.shape[1],
                          in.shape[0]};
  whole.images[0].levels = {{in.shape[4], in.shape[3]}};
  const auto simple = settings_of(c.at("settings"));
  if (expected_of(c).contains("error")) {
    CHECK_THROWS_AS(
      (formats::check_block(whole, {0, 0, {}, {0}, where}), compose_case(c, in, where)),
      failure);
    return;
  }
  const auto wanted =
    bytes_of_file(golden_folder() / expected_of(c).at("file").get<std::string>());
  CHECK(compose_case(c, in, where).rgb == wanted);
  if (simple)
    CHECK(draw_case(c, *simple, in, where).rgb == wanted);
}

void check_quantize(const json& c) {
  const quantiser q{quantisation_of(c.at("channel"), c.at("quantum"),
                                    *pixel_type_of(c.at("type").get<std::string>()),
                                    c.at("significant_bits"), c.at("stats"))};
  const auto& wanted = expected_of(c);
  for (size_t i = 0; i < wanted.size(); ++i) {
    CAPTURE(c.at("values")[i].dump());
    CHECK(q.level(number(c.at("values")[i])) == wanted[i].get<int>());
  }
}

} // namespace

TEST_CASE("golden: drawing equals the reference, byte by byte") {
  const auto manifest = golden_folder() / "manifest.json";
  if (!std::filesystem::exists(manifest)) {
    MESSAGE("skipped: no golden vectors at " << golden_folder().string());
    return;
  }
  const auto all = json::parse(std::ifstream{manifest});
  int rendered = 0, quantised = 0, skipped = 0;
  for (auto& c : all.at("cases")) {
    CAPTURE(c.at("id").get<std::string>());
    if (c.at("op") == "quantize") {
      check_quantize(c);
      ++quantised;
    } else if (c.at("op") == "render" && can_run(c)) {
      check_render(c);
      ++rendered;
    } else if (c.at("op") == "render") {
      ++skipped;
    }
  }
  MESSAGE(rendered << " pictures and " << quantised << " quantisers compared, " << skipped
                   << " pictures with lookup tables, other slices or strides skipped");
  CHECK(rendered > 0);
}
