// Default settings and what requests say, against the golden vectors.

#include "storage/render/channel_list.hpp"
#include "storage/render/import_colors.hpp"
#include "tests/unit/storage/golden_cases.hpp"

#include <set>

using namespace troupe;
using namespace troupe::render;
using namespace troupe::test::golden;

namespace {

std::optional<double> optional_number(const json& j, const char* key) {
  if (!j.contains(key) || j.at(key).is_null())
    return std::nullopt;
  return j.at(key).get<double>();
}

filter_band band_in(const json& j) {
  return {optional_number(j, "cut_in"), optional_number(j, "cut_out")};
}

std::vector<filter_band> bands_in(const json& j, const char* key) {
  std::vector<filter_band> bands;
  for (auto& b : j.value(key, json::array()))
    bands.push_back(band_in(b));
  return bands;
}

std::vector<channel_facts> channels_in(const json& c) {
  std::vector<channel_facts> channels;
  for (auto& j : c.at("channels")) {
    channel_facts f;
    if (j.contains("color"))
      f.file_color = color_in(j.at("color"));
    f.emission = optional_number(j, "emission");
    f.excitation = optional_number(j, "excitation");
    f.laser = optional_number(j, "laser");
    f.path_emission = bands_in(j, "lightpath_emission");
    f.path_excitation = bands_in(j, "lightpath_excitation");
    if (j.contains("filterset_emission"))
      f.set_emission = band_in(j.at("filterset_emission"));
    if (j.contains("filterset_excitation"))
      f.set_excitation = band_in(j.at("filterset_excitation"));
    if (j.contains("lut") && !j.at("lut").is_null())
      f.lut = j.at("lut");
    channels.push_back(std::move(f));
  }
  return channels;
}

json to_json(const rgba& c) {
  return {c.red, c.green, c.blue, c.alpha};
}

json to_json(const std::vector<rgba>& colors) {
  auto list = json::array();
  for (auto& c : colors)
    list.push_back(to_json(c));
  return list;
}

json to_json(const channel_settings& c) {
  const char* names[] = {"linear", "polynomial", "exponential", "logarithmic"};
  return {{"active", c.active},
          {"window", {c.start, c.end}},
          {"family", names[static_cast<size_t>(c.curve)]},
          {"coefficient", c.coefficient},
          {"noise_reduction", c.noise_reduction},
          {"color", to_json(c.color)},
          {"lut", c.lut.empty() ? json{} : json(c.lut)},
          {"inverted", c.inverted}};
}

json to_json(const settings& s, plane_index shown) {
  auto channels = json::array();
  for (auto& c : s.channels)
    channels.push_back(to_json(c));
  return {{"model", s.model == model::color ? "rgb" : "greyscale"},
          {"default_z", shown.z},
          {"default_t", shown.t},
          {"quantum",
           {{"cd_start", s.levels.start},
            {"cd_end", s.levels.end},
            {"bit_resolution", s.levels.resolution}}},
          {"channels", channels}};
}

} // namespace

TEST_CASE("golden: colours of wavelengths") {
  run("wavelength_colors", [](const json& c, profile p) {
    std::vector<rgba> colors;
    for (auto& nm : c.at("nm"))
      colors.push_back(color_of_wavelength(nm));
    CHECK(to_json(colors) == expected_of(c, p));
  });
}

TEST_CASE("golden: colours at import") {
  run("import_colors", [](const json& c, profile p) {
    CHECK(to_json(import_colors(channels_in(c), c.at("graphics"))) == expected_of(c, p));
  });
}

TEST_CASE("golden: colours of a reset") {
  run("reset_colors", [](const json& c, profile p) {
    CHECK(to_json(reset_colors(channels_in(c))) == expected_of(c, p));
  });
}

TEST_CASE("golden: default settings") {
  run("default_settings", [](const json& c, profile p) {
    auto channels = channels_in(c);
    for (size_t i = 0; i < channels.size(); ++i) {
      channels[i].type = type_in(c);
      channels[i].significant_bits = bits_in(c.at("significant_bits"));
      channels[i].range = range_in(c.at("channel_stats").at(i));
    }
    CHECK(to_json(omero_default_settings(channels), default_plane(c.at("size_z")))
          == expected_of(c, p));
  });
}

TEST_CASE("golden: colours of web pages") {
  run("html_color", [](const json& c, profile p) {
    const auto color = parse_html_color(c.at("text").get<std::string>());
    CHECK((color ? to_json(*color) : json{}) == expected_of(c, p));
  });
}

TEST_CASE("golden: channel lists") {
  run("parse_channels", [](const json& c, profile p) {
    auto list = json::array();
    for (auto& i : parse_channels(c.at("text").get<std::string>()))
      list.push_back(
        {{"index", i.index},
         {"window", i.window ? json{i.window->first, i.window->second} : json{}},
         {"color", i.color.empty() ? json{} : json(i.color)}});
    CHECK(list == expected_of(c, p));
  });
}

TEST_CASE("golden: no operation of the manifest is left out") {
  const std::set<std::string> known{"render",
                                    "render_level",
                                    "render_projected",
                                    "quantize",
                                    "thumbnail",
                                    "project",
                                    "downsample",
                                    "builtin_lut",
                                    "lut_file",
                                    "histogram",
                                    "stats",
                                    "roi_stats",
                                    "line_profile",
                                    "tile",
                                    "flip_region",
                                    "is_big",
                                    "pyramid_sizes",
                                    "thumbnail_size",
                                    "thumbnail_level",
                                    "split_channel_dims",
                                    "import_colors",
                                    "reset_colors",
                                    "default_settings",
                                    "wavelength_colors",
                                    "html_color",
                                    "parse_channels"};
  if (!manifest().is_null())
    for (auto& c : manifest().at("cases"))
      CHECK_MESSAGE(known.contains(c.at("op")), c.at("op").get<std::string>());
}
