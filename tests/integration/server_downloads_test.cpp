// Taking home what is on a server: originals, archives, OME-TIFFs, pictures.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"
#include "tests/support/test_data.hpp"
#include "tests/support/unzipped.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

std::string of(const char* kind, int64_t id, const std::string& rest) {
  return fmt::format("/api/v1/{}/{}/{}", kind, id, rest);
}

struct traveller {
  api who;
  int64_t dataset =
    who.make("/api/v1/datasets", {{"name", "2024/05: \xC3\xBC <1>"}}).at("id");
  std::string first = stack{}.bytes(), second = stack{.seed = 5}.bytes();
  int64_t image = import_image(who, "cells.ome.tif", first, {.dataset = dataset});
  int64_t other = import_image(who, "cells.ome.tif", second, {.dataset = dataset});

  explicit traveller(const std::string& login)
    : who{shared_server().add_user("down." + login)} {}
};

/// Where the server keeps a file that is imported under this name.
std::filesystem::path kept_file(const std::string& name) {
  for (auto& entry : std::filesystem::recursive_directory_iterator(shared_server().data()
                                                                   / "originals"))
    if (entry.path().filename() == name)
      return entry.path();
  return {};
}

/// Every plane of every level, as /pixels gives them, is the same.
void check_same_samples(api& who, int64_t a, int64_t b) {
  const auto x = who.read(fmt::format("/api/v1/images/{}", a)),
             y = who.read(fmt::format("/api/v1/images/{}", b));
  for (auto field : {"sizeX", "sizeY", "sizeZ", "sizeC", "sizeT", "pixelType", "rgb",
                     "levels", "physicalSizeX", "physicalSizeZ"})
    CHECK_MESSAGE(x.at(field) == y.at(field), field);
  for (size_t c = 0; c < x.at("channels").size(); ++c)
    for (auto field : {"name", "emission", "excitation", "min", "max"})
      CHECK_MESSAGE(x.at("channels")[c].at(field) == y.at("channels")[c].at(field),
                    field);
  for (size_t level = 0; level < x.at("levels").size(); ++level)
    for (int t = 0; t < x.at("sizeT").get<int>(); ++t)
      for (int c = 0; c < x.at("sizeC").get<int>(); ++c)
        for (int z = 0; z < x.at("sizeZ").get<int>(); ++z) {
          const auto where = fmt::format("z={}&c={}&t={}&level={}", z, c, t, level);
          CAPTURE(where);
          REQUIRE(pixels(who, a, where) == pixels(who, b, where));
        }
}

int64_t again(api& who, int64_t image, const std::string& name) {
  const auto file = who.get(of("images", image, "ome.tiff"));
  REQUIRE(file.status == 200);
  CHECK(file.header("Content-Type") == "image/tiff");
  return import_image(who, name, file.body);
}

} // namespace

TEST_CASE("downloads: a dataset is a ZIP of its originals, names made safe") {
  traveller t{"zip"};
  const auto a = t.who.get(of("datasets", t.dataset, "download"));
  REQUIRE(a.status == 200);
  CHECK(a.header("Content-Type") == "application/zip");
  CHECK(a.header("Content-Length") == std::to_string(a.body.size()));
  // The client decodes what is percent-encoded; see web_test.cpp.
  CHECK(a.header("Content-Disposition")
          .starts_with("attachment; filename=\"2024_05_ _ _1_.zip\"; filename*=UTF-8''"));
  const std::map<std::string, std::string> wanted{
    {"2024_05_ \xC3\xBC _1_/cells.ome.tif", t.first},
    {"2024_05_ \xC3\xBC _1_/2/cells.ome.tif", t.second}};
  CHECK(unzipped(a.body) == wanted);
  CHECK(t.who.head(of("datasets", t.dataset, "download")).header("Content-Length")
        == a.header("Content-Length"));
}

TEST_CASE("downloads: a choice of objects, in the address or in the body") {
  traveller t{"choice"};
  const auto query = fmt::format("/api/v1/downloads?objects=image:{},dataset:{},image:{}",
                                 t.image, t.dataset, t.image);
  const auto a = t.who.get(query);
  REQUIRE(a.status == 200);
  CHECK(unzipped(a.body).size() == 2);
  const auto posted = t.who.post(
    "/api/v1/downloads",
    {{"objects",
      {{{"type", "image"}, {"id", t.image}}, {{"type", "image"}, {"id", t.other}}}}});
  REQUIRE(posted.status == 200);
  CHECK(unzipped(posted.body)
        == std::map<std::string, std::string>{{"cells.ome.tif", t.first},
                                              {"2/cells.ome.tif", t.second}});
  const auto chosen =
    t.who.post("/api/v1/downloads", {{"type", "image"},
                                     {"selection",
                                      {{"within", {fmt::format("dataset:{}", t.dataset)}},
                                       {"minus", {fmt::format("image:{}", t.other)}}}}});
  REQUIRE(chosen.status == 200);
  CHECK(unzipped(chosen.body).size() == 1);
  for (auto bad :
       {"", "?objects=", "?objects=image", "?objects=image:x", "?objects=cat:1",
        "?objects=image:1x", "?objects=image:99999999999999999999"})
    CHECK(t.who.get(std::string{"/api/v1/downloads"} + bad).status == 400);
  CHECK(t.who.post("/api/v1/downloads", {{"objects", 7}}).status == 400);
  CHECK(t.who.post("/api/v1/downloads", {{"objects", {7}}}).status == 400);
}

TEST_CASE("downloads: others' images are refused") {
  traveller t{"owner"};
  auto stranger = shared_server().add_user("down.stranger");
  for (auto& path :
       {of("datasets", t.dataset, "download"), of("images", t.image, "download"),
        of("images", t.image, "ome.tiff"), of("images", t.image, "originals/0"),
        fmt::format("/api/v1/downloads?objects=image:{}", t.image)}) {
    CAPTURE(path);
    CHECK(stranger.get(path).status == 404);
    CHECK(shared_server().nobody().get(path).status == 401);
  }
}

TEST_CASE("downloads: an original is resumed by its range") {
  traveller t{"resume"};
  const auto path = of("images", t.image, "originals/0");
  const auto whole = t.who.get(path);
  REQUIRE(whole.status == 200);
  CHECK(whole.body == t.first);
  CHECK(whole.header("Accept-Ranges") == "bytes");
  const auto half = t.first.size() / 2;
  const auto rest = t.who.get(path, {{"Range", fmt::format("bytes={}-", half)},
                                     {"If-Range", whole.header("ETag")}});
  CHECK(rest.status == 206);
  CHECK(t.first.substr(0, half) + rest.body == t.first);
  CHECK(t.who.get(path, {{"Range", "bytes=0-9"}, {"If-Range", "\"other\""}}).status
        == 200);
  CHECK(t.who.get(of("images", t.image, "originals/1")).status == 404);
  CHECK(t.who.get(of("images", t.image, "originals/x")).status == 400);
}

TEST_CASE("downloads: a file that is gone refuses the archive, never shortens it") {
  auto who = shared_server().add_user("down.lost");
  const auto dataset = who.make("/api/v1/datasets", {{"name", "d"}}).at("id");
  import_image(who, "kept.ome.tif", stack{}.bytes(), {.dataset = dataset});
  import_image(who, "down lost.ome.tif", stack{}.bytes(), {.dataset = dataset});
  const auto path = of("datasets", dataset, "download");
  CHECK(who.get(path).status == 200);
  std::filesystem::remove(kept_file("down lost.ome.tif"));
  const auto a = who.get(path);
  CHECK(a.status == 404);
  CHECK(a.document().at("detail").get<std::string>().find("down lost.ome.tif")
        != std::string::npos);
}

TEST_CASE("downloads: an OME-TIFF imported again is the same image") {
  traveller t{"again"};
  const auto tag =
    t.who.make("/api/v1/annotations", {{"kind", "tag"},
                                       {"value", "blue & <green>"},
                                       {"on", {{"type", "image"}, {"ids", {t.image}}}}});
  t.who.make("/api/v1/annotations",
             {{"kind", "map"},
              {"value", {{{"k", "dose"}, {"v", "3"}}, {{"k", "dose"}, {"v", "4"}}}},
              {"on", {{"type", "image"}, {"ids", {t.image}}}}});
  const json shapes{{{"kind", "rectangle"}, {"geometry", {1.5, 2, 10, 20}}, {"z", 1}},
                    {{"kind", "polygon"}, {"geometry", {1, 2, 3, 4, 5, 1}}}};
  REQUIRE(t.who
            .post(of("images", t.image, "rois"),
                  {{"rois", {{{"name", "cell"}, {"shapes", shapes}}}}})
            .status
          == 201);
  const auto copy = again(t.who, t.image, "copy.ome.tif");
  check_same_samples(t.who, t.image, copy);
  const auto rois = t.who.read(of("images", copy, "rois"));
  REQUIRE(rois.at("total") == 1);
  const auto& roi = rois.at("items").at(0);
  CHECK(roi.at("name") == "cell");
  REQUIRE(roi.at("shapes").size() == 2);
  CHECK(roi.at("shapes").at(0).at("geometry") == json{1.5, 2.0, 10.0, 20.0});
  CHECK(roi.at("shapes").at(0).at("z") == 1);
  const auto annotations = t.who.read(of("images", copy, "annotations")).at("items");
  CHECK(annotations.size() == 2);
  CHECK(annotations.dump().find("blue & <green>") != std::string::npos);
}

TEST_CASE("downloads: regions and annotations of a file are in the next") {
  const auto file = data_folder() / "ometiff/roi_annotations.ome.tif";
  if (!std::filesystem::exists(file)) {
    MESSAGE("skipped: no " << file.string());
    return;
  }
  auto who = shared_server().add_user("down.metadata");
  const auto image = import_image(who, "all.ome.tif", text_of_file(file));
  const auto copy = again(who, image, "all again.ome.tif");
  check_same_samples(who, image, copy);
  CHECK(who.read(of("images", image, "rois")).at("total")
        == who.read(of("images", copy, "rois")).at("total"));
  CHECK(who.read(of("images", image, "annotations")).at("items").size()
        == who.read(of("images", copy, "annotations")).at("items").size());
}

TEST_CASE("downloads: levels and colours stay what they are") {
  auto who = shared_server().add_user("down.levels");
  const auto levels = import_image(who, "levels.tif", pyramid{}.bytes());
  check_same_samples(who, levels, again(who, levels, "levels again.ome.tif"));
  const auto colours = import_image(who, "colours.png", picture_specimen{}.png());
  check_same_samples(who, colours, again(who, colours, "colours again.ome.tif"));
}

TEST_CASE("downloads: any range of an OME-TIFF, its length before its pixels") {
  traveller t{"ranges"};
  const auto path = of("images", t.image, "ome.tiff");
  const auto whole = t.who.get(path);
  REQUIRE(whole.status == 200);
  CHECK(whole.header("Content-Length") == std::to_string(whole.body.size()));
  CHECK(whole.header("Content-Disposition").find("filename=\"cells.ome.tif\"")
        != std::string::npos);
  CHECK(t.who.head(path).header("Content-Length") == whole.header("Content-Length"));
  const auto size = whole.body.size();
  for (auto [from, to] :
       {std::pair<size_t, size_t>{0, 15}, {100, 999}, {size - 5000, size - 1}}) {
    const auto part = t.who.get(path, {{"Range", fmt::format("bytes={}-{}", from, to)},
                                       {"If-Range", whole.header("ETag")}});
    CHECK(part.status == 206);
    CHECK(part.body == whole.body.substr(from, to - from + 1));
  }
}

TEST_CASE("downloads: a drawn plane as PNG, JPEG and TIFF has a file name") {
  traveller t{"planes"};
  const auto path = of("images", t.image, "plane?z=2&t=1&download=true&format=");
  for (auto [format, type, end, magic] :
       {std::tuple{"png", "image/png", "png", "\x89PNG"},
        std::tuple{"jpeg", "image/jpeg", "jpg", "\xFF\xD8"},
        std::tuple{"tiff", "image/tiff", "tif", "II*"}}) {
    const auto a = t.who.get(path + format);
    REQUIRE(a.status == 200);
    CHECK(a.header("Content-Type") == type);
    CHECK(a.body.starts_with(magic));
    CHECK(a.header("Content-Disposition")
            .find(fmt::format("filename=\"cells.ome.tif_z3_t2.{}\"", end))
          != std::string::npos);
  }
  CHECK_FALSE(
    t.who.get(of("images", t.image, "plane?z=0&t=0")).has("Content-Disposition"));
}
