// Where links of OMERO's users lead, and the pictures beside them.

#include "tests/support/omero_client.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

int64_t made_id(const json& made) {
  return made.at("id").get<int64_t>();
}

/// Somebody with an image and a plate.
struct pages_shelf {
  omero_person who = omero_newcomer("omero.pages", "private");
  int64_t image = import_image(who.own, "a.png", picture_specimen{}.png());
  int64_t plate =
    made_id(who.own.make("/api/v1/plates", {{"name", "P"}, {"rows", 1}, {"columns", 1}}));

  pages_shelf() {
    who.own.put(fmt::format("/api/v1/plates/{}/fields", plate),
                {{"fields", {{{"row", 0}, {"column", 0}, {"image", image}}}}});
  }
};

pages_shelf& shared() {
  static pages_shelf all;
  return all;
}

} // namespace

TEST_CASE("omero pages: links go on to our page, programs read who they are") {
  auto& l = shared();
  const auto a =
    l.who.omero.get(fmt::format("/webclient/?show=image-{}|image-2", l.image));
  CHECK(a.status == 200);
  CHECK(a.header("Refresh") == fmt::format("0; url=/image/{}", l.image));
  CHECK(a.body.find(fmt::format("WEBCLIENT.USER = {{'id': {}, 'fullName': \"", l.who.id))
        != std::string::npos);
  const auto well = json::parse(
    l.who.own.get(fmt::format("/api/v1/plates/{}", l.plate)).body)["wells"][0]["id"];
  CHECK(l.who.omero.get(fmt::format("/webclient/?show=well-{}", well.get<int64_t>()))
          .header("Refresh")
        == fmt::format("0; url=/plate/{}", l.plate));
  CHECK(l.who.omero.get("/webclient/?show=%3Cscript%3E-1").header("Refresh")
        == "0; url=/");
  const auto out = omero_client{shared_server().url()}.get("/webclient/?show=image-1");
  CHECK(out.status == 302);
  CHECK(out.header("Location").starts_with("/webclient/login/?url="));
}

TEST_CASE("omero pages: icons and portraits are pictures") {
  auto& l = shared();
  for (auto icon : {"webgateway/img/folder16", "webgateway/img/folder_image16",
                    "webgateway/img/folder_yellow16", "webgateway/img/icon_folder",
                    "webclient/image/image16", "webclient/image/folder_screen16",
                    "webclient/image/folder_plate16", "webclient/image/run16"})
    CHECK(decode_png(l.who.omero.get(fmt::format("/static/{}.png", icon)).body).width
          == 16);
  CHECK(l.who.omero.get("/static/webclient/image/none.png").status == 404);
  const auto face = l.who.omero.get(fmt::format("/webclient/avatar/{}/", l.who.id));
  CHECK(face.header("Content-Type") == "image/jpeg");
  CHECK(decode_jpeg(face.body).width == 32);
}
