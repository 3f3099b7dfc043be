// Originals as folders: what file managers and browsers see of them.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

/// A person with a project, a dataset beside it, and images in all kinds of places.
struct dav_shelf {
  api who;
  int64_t project = who.make("/api/v1/projects", {{"name", "Cells: a/b"}}).at("id");
  int64_t dataset =
    who.make("/api/v1/datasets", {{"name", "Monday"}, {"project", project}}).at("id");
  int64_t twin =
    who.make("/api/v1/datasets", {{"name", "MONDAY"}, {"project", project}}).at("id");
  int64_t loose = who.make("/api/v1/datasets", {{"name", "Loose"}}).at("id");
  std::string first = stack{}.bytes(), second = stack{.seed = 5}.bytes(),
              third = picture_specimen{}.png();
  int64_t image = import_image(who, "a.ome.tif", first, {.dataset = dataset});
  int64_t in_loose = import_image(who, "b & <c>.ome.tif", second, {.dataset = loose});
  int64_t orphan = import_image(who, "c.png", third);
  std::string folder = "/dav/Cells_%20a_b/Monday%20(" + std::to_string(dataset) + ")";

  explicit dav_shelf(const std::string& login)
    : who{shared_server().add_user("dav." + login)} {}

  answer ask(const std::string& path, const std::string& depth,
             const std::string& body = "") {
    return who.send("PROPFIND", path, {{"Depth", depth}}, body);
  }
};

size_t times(const std::string& text, const std::string& word) {
  size_t n = 0;
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1))
    ++n;
  return n;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

} // namespace

TEST_CASE("dav: files are where their datasets are, byte for byte") {
  dav_shelf s{"bytes"};
  const auto a = s.who.get(s.folder + "/a.ome.tif");
  REQUIRE(a.status == 200);
  CHECK(a.body == s.first);
  CHECK(a.header("ETag") == '"' + sha256(s.first) + '"');
  CHECK(a.has("Last-Modified"));
  CHECK(s.who.get("/dav/Datasets%20without%20project/Loose/b%20&%20_c_.ome.tif").body
        == s.second);
  CHECK(s.who.get("/dav/Images%20without%20dataset/c.png").body == s.third);
  const auto head = s.who.head(s.folder + "/a.ome.tif");
  CHECK(head.status == 200);
  CHECK(head.header("Content-Length") == std::to_string(s.first.size()));
  CHECK(head.body.empty());
  CHECK(s.who.get(s.folder + "/a.ome.tif", {{"If-None-Match", a.header("ETag")}}).status
        == 304);
  CHECK(s.who.get(s.folder + "/none.tif").status == 404);
  CHECK(s.who.get("/dav/Cells_%20a_b/Monday").status == 404); // two have that name
}

TEST_CASE("dav: ranges of a file") {
  dav_shelf s{"ranges"};
  const auto part = s.who.get(s.folder + "/a.ome.tif", {{"Range", "bytes=10-19"}});
  REQUIRE(part.status == 206);
  CHECK(part.body == s.first.substr(10, 10));
  CHECK(part.header("Content-Range") == fmt::format("bytes 10-19/{}", s.first.size()));
  CHECK(s.who.get(s.folder + "/a.ome.tif", {{"Range", "bytes=99999999-"}}).status == 416);
}

TEST_CASE("dav: browsers see pages with links and sizes") {
  dav_shelf s{"pages"};
  const auto top = s.who.get("/dav/");
  REQUIRE(top.status == 200);
  CHECK(top.header("Content-Type").starts_with("text/html"));
  CHECK(holds(top.body, "href=\"/dav/Cells_%20a_b/\">Cells_ a_b</a>"));
  const auto loose = s.who.get("/dav/Datasets%20without%20project/Loose");
  CHECK(holds(loose.body, ">b &amp; _c_.ome.tif</a>"));
  CHECK_FALSE(holds(loose.body, "<c>"));
  const auto project = s.who.get("/dav/Cells_%20a_b");
  CHECK(holds(project.body, fmt::format(">MONDAY ({})</a>", s.twin)));
  CHECK(holds(s.who.get(fmt::format("/dav/Cells_%20a_b/MONDAY%20({})", s.twin)).body,
              "Nothing is here."));
  CHECK(shared_server().nobody().get("/plain.css").header("Content-Type")
        == "text/css; charset=utf-8");
}

TEST_CASE("dav: properties of a folder, at depth 0 and 1") {
  dav_shelf s{"properties"};
  const auto itself = s.ask(s.folder, "0");
  REQUIRE(itself.status == 207);
  CHECK(times(itself.body, "<D:response>") == 1);
  CHECK(holds(itself.body, "<D:collection"));
  const auto inside = s.ask(s.folder, "1");
  CHECK(times(inside.body, "<D:response>") == 2);
  auto told = s.folder; // with every sign escaped that may be
  told.replace(told.find('('), 1, "%28");
  told.replace(told.find(')'), 1, "%29");
  CHECK(holds(inside.body, fmt::format("<D:href>{}/</D:href>", told)));
  CHECK(holds(inside.body, fmt::format("<D:href>{}/a.ome.tif</D:href>", told)));
  CHECK(holds(inside.body, fmt::format("<D:getcontentlength>{}</D:getcontentlength>",
                                       s.first.size())));
  CHECK(holds(inside.body, sha256(s.first)));
  const auto file = s.ask(s.folder + "/a.ome.tif", "1");
  CHECK(times(file.body, "<D:response>") == 1);
  CHECK_FALSE(holds(file.body, "<D:collection"));
}

TEST_CASE("dav: only what was asked for, and what there is none of") {
  dav_shelf s{"asked"};
  const auto some = s.ask(s.folder + "/a.ome.tif", "0",
                          "<?xml version=\"1.0\"?><propfind xmlns=\"DAV:\"><prop>"
                          "<getcontentlength/><quota/><x:size xmlns:x=\"urn:x\"/>"
                          "</prop></propfind>");
  REQUIRE(some.status == 207);
  CHECK(holds(some.body, fmt::format("<D:getcontentlength>{}<", s.first.size())));
  CHECK_FALSE(holds(some.body, "getetag"));
  CHECK(holds(some.body, "<quota xmlns=\"DAV:\"/>"));
  CHECK(holds(some.body, "<size xmlns=\"urn:x\"/>"));
  CHECK(holds(some.body, "404 Not Found"));
  const auto names =
    s.ask(s.folder, "0", "<propfind xmlns=\"DAV:\"><propname/></propfind>");
  CHECK(holds(names.body, "<D:displayname/>"));
  CHECK(s.ask(s.folder, "0", "<propfind").status == 400);
  CHECK(s.ask(s.folder, "0", "<other/>").status == 400);
}

TEST_CASE("dav: trees without an end are refused, and so is what writes") {
  dav_shelf s{"refused"};
  for (auto* depth : {"infinity", ""}) {
    const auto all = s.ask("/dav/", depth);
    CHECK(all.status == 403);
    CHECK(holds(all.body, "propfind-finite-depth"));
  }
  CHECK(s.ask("/dav/", "2").status == 400);
  for (auto* method : {"PUT", "DELETE", "MKCOL", "COPY", "MOVE", "LOCK", "PROPPATCH"}) {
    const auto refused = s.who.send(method, s.folder + "/a.ome.tif");
    CHECK_MESSAGE(refused.status == 405, method);
    CHECK(holds(refused.header("Allow"), "PROPFIND"));
  }
  const auto options = shared_server().nobody().send("OPTIONS", "/dav/");
  CHECK(options.status == 204);
  CHECK(options.header("DAV") == "1");
}

TEST_CASE("dav: a stranger finds nothing of it") {
  dav_shelf s{"owner"};
  auto stranger = shared_server().add_user("dav.stranger");
  CHECK_FALSE(holds(stranger.get("/dav/").body, "Cells"));
  CHECK(stranger.get(s.folder + "/a.ome.tif").status == 404);
  CHECK(stranger.get("/dav/Images%20without%20dataset/c.png").status == 404);
  CHECK(stranger.send("PROPFIND", s.folder, {{"Depth", "0"}}).status == 404);
  CHECK(shared_server().nobody().get("/dav/").status == 401);
}

TEST_CASE("dav: what may not be downloaded is not handed out here either") {
  running_server server{{.arguments = {"--download-policy", "+write,+image"}}};
  auto ada = server.add_user("ada");
  auto& root = server.root();
  const int64_t group =
    root.make("/api/v1/groups", {{"name", "hall"}, {"level", "read-only"}}).at("id");
  auto bert = server.add_user("bert");
  for (auto* login : {"ada", "bert"}) {
    const auto found = root.read(std::string{"/api/v1/accounts?search="} + login);
    const auto account = found.at("items").at(0).at("id").get<int64_t>();
    REQUIRE(
      root
        .put(fmt::format("/api/v1/groups/{}/members/{}", group, account), json::object())
        .status
      == 200);
  }
  const int64_t dataset =
    ada.make(fmt::format("/api/v1/datasets?group={}", group), {{"name", "d"}}).at("id");
  import_image(ada, "a.png", picture_specimen{}.png(),
               {.dataset = dataset, .group = group});
  const std::string place = "/dav/Datasets%20without%20project/d/a.png";
  CHECK(ada.get(place).body == picture_specimen{}.png());
  CHECK(bert.get(place).status == 403);
}

TEST_CASE("cors: pages of listed origins read the answers of every face") {
  running_server server{
    {.arguments = {"--cors-origins", "https://viewer.example,https://other.example"}}};
  auto nobody = server.nobody();
  const httplib::Headers listed{{"Origin", "https://viewer.example"}};
  for (auto* path : {"/api/v1/projects", "/dav/", "/", "/plain.css"}) {
    const auto a = nobody.get(path, listed);
    CHECK_MESSAGE(a.header("Access-Control-Allow-Origin") == "https://viewer.example",
                  path);
    CHECK_FALSE(nobody.get(path, {{"Origin", "https://evil.example"}})
                  .has("Access-Control-Allow-Origin"));
  }
  const auto asked = nobody.send("OPTIONS", "/api/v1/projects",
                                 {{"Origin", "https://viewer.example"},
                                  {"Access-Control-Request-Method", "POST"},
                                  {"Access-Control-Request-Headers", "content-type"}});
  CHECK(asked.status == 204);
  CHECK(holds(asked.header("Access-Control-Allow-Methods"), "POST"));
  CHECK(asked.header("Access-Control-Allow-Credentials") == "true");
  CHECK(nobody
          .send("OPTIONS", "/api/v1/projects",
                {{"Origin", "https://evil.example"},
                 {"Access-Control-Request-Method", "POST"}})
          .status
        == 405);
}
