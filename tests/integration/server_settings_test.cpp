// Rendering settings over HTTP: saved, seen in pictures, reset, pasted.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

std::string settings_path(int64_t image, const std::string& rest = "/settings") {
  return fmt::format("/api/v1/images/{}{}", image, rest);
}

int64_t fresh_image(const std::string& name, stack s = {}) {
  return import_image(shared_server().root(), name, s.bytes());
}

json with_end(json settings, double end) {
  settings.at("channels")[0].at("window").at("end") = end;
  return settings;
}

} // namespace

TEST_CASE("settings: what is saved is what pictures show from then on") {
  auto& root = shared_server().root();
  const auto image = fresh_image("saved.ome.tif");
  const auto before = root.read(settings_path(image));
  CHECK(before.at("from") == "computed");
  CHECK(before.at("maySave") == true);
  CHECK(before.at("channels").size() == 2);
  const auto plane = settings_path(image, "/plane?z=0&t=0&format=png");
  const auto first = root.get(plane);
  const auto thumbnail =
    root.read(settings_path(image, "")).at("thumbnail").get<std::string>();
  const auto small = root.get(thumbnail).body;

  const auto saved = root.put(settings_path(image), with_end(before, 60));
  REQUIRE(saved.status == 200);
  CHECK(saved.document().at("from") == "own");
  CHECK(saved.document().at("changed").is_string());
  CHECK(root.read(settings_path(image)) == saved.document());
  const auto shown = root.read(settings_path(image, ""));
  CHECK(shown.at("channels")[0].at("window").at("end") == 60.0);
  const auto second = root.get(plane);
  CHECK(second.header("ETag") != first.header("ETag"));
  CHECK(second.body != first.body);
  CHECK(shown.at("thumbnail") != thumbnail);
  CHECK(root.get(shown.at("thumbnail")).body != small);
}

TEST_CASE("settings: an image tells whether its levels are plain") {
  auto& root = shared_server().root();
  const auto image = fresh_image("plain.ome.tif");
  const auto is_plain = [&] {
    return root.read(settings_path(image, "")).at("plainLevels").get<bool>();
  };
  CHECK(is_plain());
  const auto plain = root.read(settings_path(image));
  auto quiet = plain, coarse = plain;
  quiet.at("channels")[1].at("noiseReduction") = true;
  coarse.at("codomain").at("resolution") = 15;
  for (auto& changed : {quiet, coarse}) {
    REQUIRE(root.put(settings_path(image), changed).status == 200);
    CHECK(!is_plain());
    REQUIRE(root.put(settings_path(image), plain).status == 200);
    CHECK(is_plain());
  }
}

TEST_CASE("settings: presets can be looked at and saved") {
  auto& root = shared_server().root();
  const auto image = fresh_image("presets.ome.tif");
  const auto window = [](const json& s) { return s.at("channels")[0].at("window"); };
  const auto full = root.read(settings_path(image, "/settings?as=fullRange"));
  CHECK(window(full) == json{{"start", 0.0}, {"end", 65535.0}});
  const auto automatic = root.read(settings_path(image, "/settings?as=auto"));
  const stack s;
  CHECK(window(automatic).at("start") >= s.sample(0, 0, 1, 0, 1));
  CHECK(window(automatic).at("end") <= s.sample(59, 39, 1, 0, 1));
  CHECK(root.read(settings_path(image)).at("from") == "computed");

  const auto reset = root.post(settings_path(image, "/settings/reset"), {{"to", "auto"}});
  REQUIRE(reset.status == 200);
  CHECK(window(reset.document()) == window(automatic));
  CHECK(window(root.read(settings_path(image))) == window(automatic));
  CHECK(root.post(settings_path(image, "/settings/reset"), {{"to", "imported"}}).status
        == 200);
  CHECK(window(root.read(settings_path(image))).at("end") == s.sample(59, 39, 2, 0, 1));
  CHECK(root.post(settings_path(image, "/settings/reset"), {{"to", "best"}}).status
        == 400);
}

TEST_CASE("settings: pasted on images of the same kind, with a word for each") {
  auto& root = shared_server().root();
  const auto from = fresh_image("from.ome.tif"),
             to = fresh_image("to.ome.tif", {.seed = 9});
  const auto other = import_image(root, "rgb.png", picture_specimen{}.png());
  REQUIRE(
    root.put(settings_path(from), with_end(root.read(settings_path(from)), 77)).status
    == 200);
  const auto pasted = root.make(settings_path(from, "/settings/paste"),
                                {{"images", {to, other, 987654321}}});
  const auto& results = pasted.at("results");
  REQUIRE(results.size() == 3);
  CHECK(results[0] == json{{"image", to}, {"error", nullptr}});
  CHECK(results[1].at("error").get<std::string>().find("uint8") != std::string::npos);
  CHECK(results[2].at("error") == "image 987654321");
  CHECK(root.read(settings_path(to)).at("channels")[0].at("window").at("end") == 77.0);
}

TEST_CASE("settings: another's private image is absent, wrong bodies are refused") {
  auto& server = shared_server();
  const auto image = fresh_image("private.ome.tif");
  auto guest = server.add_user("settings-guest");
  const auto good = server.root().read(settings_path(image));
  CHECK(guest.get(settings_path(image)).status == 404);
  CHECK(guest.put(settings_path(image), good).status == 404);
  CHECK(guest.post(settings_path(image, "/settings/reset"), {{"to", "auto"}}).status
        == 404);
  CHECK(guest.post(settings_path(image, "/settings/paste"), {{"images", {image}}}).status
        == 404);
  auto bad = good;
  bad.erase("codomain");
  CHECK(server.root().put(settings_path(image), bad).status == 400);
  bad = good;
  bad.at("channels").erase(1);
  CHECK(server.root().put(settings_path(image), bad).status == 400);
  CHECK(server.root().get(settings_path(image, "/settings?as=x")).status == 400);
}
