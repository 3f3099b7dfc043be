// Manifests of IIIF Presentation 3.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

json manifest(const std::string& what) {
  const auto a = shared_server().root().get("/iiif/presentation/3/" + what + "/manifest");
  REQUIRE(a.status == 200);
  CHECK(a.header("Content-Type")
        == "application/ld+json;profile=\"http://iiif.io/api/presentation/3/"
           "context.json\"");
  const auto m = json::parse(a.body);
  CHECK(m.at("@context") == "http://iiif.io/api/presentation/3/context.json");
  CHECK(m.at("id")
        == shared_server().url() + "/iiif/presentation/3/" + what + "/manifest");
  CHECK(m.at("type") == "Manifest");
  return m;
}

const json& painted(const json& canvas) {
  const auto& page = canvas.at("items").at(0);
  CHECK(page.at("type") == "AnnotationPage");
  const auto& annotation = page.at("items").at(0);
  CHECK(annotation.at("motivation") == "painting");
  CHECK(annotation.at("target") == canvas.at("id"));
  return annotation.at("body");
}

std::string path_of_address(const json& address) {
  const auto text = address.get<std::string>();
  REQUIRE(text.starts_with(shared_server().url()));
  return text.substr(shared_server().url().size());
}

/// What the resource says of its picture is so.
void check_picture(const json& resource) {
  auto& root = shared_server().root();
  const auto a = root.get(path_of_address(resource.at("id")));
  REQUIRE(a.status == 200);
  const auto p = decode_jpeg(a.body);
  CHECK(p.width == resource.at("width"));
  CHECK(p.height == resource.at("height"));
  const auto& service = resource.at("service").at(0);
  CHECK(service.at("type") == "ImageService3");
  CHECK(root.read(path_of_address(service.at("id")) + "/info.json").at("id")
        == service.at("id"));
}

json fact(const json& m, const std::string& label) {
  for (auto& f : m.at("metadata"))
    if (f.at("label").at("en").at(0) == label)
      return f.at("value").at("none").at(0);
  return nullptr;
}

} // namespace

TEST_CASE("manifests: a dataset has a canvas for each image") {
  auto& root = shared_server().root();
  const auto project = root.make("/api/v1/projects", {{"name", "Atlas"}}).at("id");
  const auto dataset = root
                         .make("/api/v1/datasets", {{"name", "Slides & stacks"},
                                                    {"description", "two of them"},
                                                    {"project", project}})
                         .at("id")
                         .get<int64_t>();
  const auto slide =
    import_image(root, "slide.tif", pyramid{}.bytes(), {.dataset = dataset});
  const auto cells =
    import_image(root, "a.ome.tif", stack{}.bytes(), {.dataset = dataset});
  const auto m = manifest(fmt::format("datasets/{}", dataset));
  CHECK(m.at("label") == json{{"none", {"Slides & stacks"}}});
  CHECK(m.at("summary") == json{{"none", {"two of them"}}});
  CHECK(fact(m, "Projects") == "Atlas");
  REQUIRE(m.at("items").size() == 2);
  const auto& first = m.at("items").at(0);
  CHECK(first.at("type") == "Canvas");
  CHECK(first.at("width") == 60);
  CHECK(first.at("height") == 40);
  const auto name = root.read(fmt::format("/api/v1/images/{}", cells)).at("name");
  CHECK(first.at("label") == json{{"none", {name}}});
  CHECK(painted(first).at("service").at(0).at("id")
        == fmt::format("{}/iiif/3/{}", shared_server().url(), cells));
  const auto& second = m.at("items").at(1);
  CHECK(second.at("width") == 1500);
  CHECK(painted(second).at("service").at(0).at("id")
        == fmt::format("{}/iiif/3/{}", shared_server().url(), slide));
  check_picture(painted(second));
  check_picture(second.at("thumbnail").at(0));
  CHECK(second.at("thumbnail").at(0).at("width") == 200);
  check_picture(first.at("thumbnail").at(0));
}

TEST_CASE("manifests: a stack has a canvas for each plane, which shows that plane") {
  const stack s;
  auto& root = shared_server().root();
  const auto image = import_image(root, "manifest.ome.tif", s.bytes());
  const auto m = manifest(fmt::format("images/{}", image));
  CHECK(fact(m, "Pixel type") == "uint16");
  CHECK(fact(m, "Channels") == "DAPI, GFP");
  REQUIRE(m.at("items").size() == 6);
  const auto& last_section = m.at("items").at(2);
  CHECK(last_section.at("label") == json{{"none", {"z 3, t 1"}}});
  check_picture(painted(last_section));
  const auto& later = m.at("items").at(4);
  CHECK(later.at("label") == json{{"none", {"z 2, t 2"}}});
  const auto service = path_of_address(painted(later).at("service").at(0).at("id"));
  const auto pixel =
    root.get(service + "/9,8,1,1/max/0/default.png?c=1%7C0:255$FFFFFF&m=g");
  CHECK(decode_png(pixel.body).at(0, 0, 0) == s.sample(9, 8, 1, 0, 1));
  std::set<std::string> ids;
  for (auto& c : m.at("items"))
    ids.insert(c.at("id").get<std::string>());
  CHECK(ids.size() == 6);
}

TEST_CASE("manifests: a picture of one plane has one canvas") {
  const auto image =
    import_image(shared_server().root(), "manifest.png", picture_specimen{}.png());
  const auto m = manifest(fmt::format("images/{}", image));
  CHECK(m.at("items").size() == 1);
  CHECK_FALSE(m.at("items").at(0).contains("label"));
}

TEST_CASE("manifests: of what is not there, or not shown, there is none") {
  auto& root = shared_server().root();
  const auto at = [](const std::string& what) {
    return "/iiif/presentation/3/" + what + "/manifest";
  };
  CHECK(root.get(at("datasets/999999")).status == 404);
  CHECK(root.get(at("images/999999")).status == 404);
  CHECK(root.get(at("datasets/abc")).status == 400);
  CHECK(root.get("/iiif/presentation/3/datasets/1").status == 404);
  const auto dataset =
    root.make("/api/v1/datasets", {{"name", "Hidden"}}).at("id").get<int64_t>();
  auto stranger = shared_server().add_user("manifest-stranger");
  CHECK(stranger.get(at(fmt::format("datasets/{}", dataset))).status == 404);
  CHECK(manifest(fmt::format("datasets/{}", dataset)).at("items").empty());
}
