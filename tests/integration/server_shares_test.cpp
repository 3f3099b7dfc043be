// Links for people without an account: what they reach, what not, and how they end.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

/// Somebody with two datasets of an image each, one of which is shared.
struct exhibition {
  api who;
  int64_t shown = who.make("/api/v1/datasets", {{"name", "shown"}}).at("id");
  int64_t hidden = who.make("/api/v1/datasets", {{"name", "hidden"}}).at("id");
  std::string bytes = stack{}.bytes(), others = stack{.seed = 9}.bytes();
  int64_t image = import_image(who, "a & b.ome.tif", bytes, {.dataset = shown});
  int64_t neighbour = import_image(who, "n.ome.tif", others, {.dataset = hidden});
  api visitor = shared_server().nobody();

  explicit exhibition(const std::string& login)
    : who{shared_server().add_user("share." + login)} {}

  json share(json words = json::object()) {
    if (!words.contains("objects"))
      words["objects"] = {{{"type", "dataset"}, {"id", shown}}};
    return who.make("/api/v1/shares", words);
  }
  /// Where the share begins.
  static std::string at(const json& share) {
    return "/share/" + share.at("token").get<std::string>();
  }
  int look(const json& share, const std::string& rest) {
    return visitor.get(at(share) + rest).status;
  }
};

bool share_holds(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

/// How every face is asked for an image.
std::vector<std::string> faces_of(int64_t image) {
  std::vector<std::string> out;
  for (auto* pattern :
       {"/api/v1/images/{}", "/api/v1/images/{}/plane?z=0&t=0",
        "/api/v1/images/{}/pixels?z=0&c=0&t=0", "/api/v1/images/{}/thumbnail",
        "/api/v1/images/{}/tile?x=0&y=0&z=0&t=0", "/api/v1/images/{}/rois",
        "/api/v1/images/{}/metadata", "/api/v1/images/{}/settings",
        "/api/v1/images/{}/histogram?c=0", "/iiif/3/{}/info.json",
        "/iiif/3/{}/full/max/0/default.jpg", "/iiif/presentation/3/images/{}/manifest",
        "/deepzoom/{}.dzi", "/zarr/v0.4/images/{}.zarr/.zattrs",
        "/zarr/v0.4/images/{}.zarr/0/0/0/0/0/0", "/zarr/v0.5/images/{}.zarr/zarr.json",
        "/webgateway/imgData/{}/", "/webgateway/render_image/{}/0/0/",
        "/webgateway/render_thumbnail/{}/"})
    out.push_back(fmt::format(fmt::runtime(pattern), image));
  return out;
}

} // namespace

TEST_CASE("shares: every face shows what is shared, and no neighbour") {
  exhibition e{"faces"};
  const auto share = e.share();
  for (auto& path : faces_of(e.image)) {
    CHECK_MESSAGE(e.look(share, path) == 200, path);
    const auto without_link = e.visitor.get(path).status; // pages lead to the login
    CHECK_MESSAGE((without_link == 401 || without_link == 302), path);
  }
  for (auto& path : faces_of(e.neighbour))
    CHECK_MESSAGE((e.look(share, path) == 404 || e.look(share, path) == 403), path);
  CHECK(e.look(share, fmt::format("/api/v1/datasets/{}", e.shown)) == 200);
  CHECK(e.look(share, fmt::format("/api/v1/datasets/{}", e.hidden)) == 404);
  CHECK(e.visitor.get(e.at(share) + "/api/v1/images").document().at("total") == 1);
  CHECK(e.visitor.get(e.at(share) + "/api/v1/datasets").document().at("total") == 1);
  CHECK(
    pixels(e.who, e.image, "z=1&c=1&t=0")
    == e.visitor
         .get(e.at(share) + fmt::format("/api/v1/images/{}/pixels?z=1&c=1&t=0", e.image))
         .body);
}

TEST_CASE("shares: addresses in answers keep to the share") {
  exhibition e{"prefix"};
  const auto share = e.share({{"download", true}});
  const auto at = e.at(share);
  const auto thumbnail = e.visitor.get(at + fmt::format("/api/v1/images/{}", e.image))
                           .document()
                           .at("thumbnail")
                           .get<std::string>();
  CHECK(thumbnail.starts_with(at + "/api/v1/images/"));
  CHECK(e.visitor.get(thumbnail).status == 200);
  const auto info =
    e.visitor.get(at + fmt::format("/iiif/3/{}/info.json", e.image)).document();
  CHECK(info.at("id").get<std::string>()
        == shared_server().url() + at + fmt::format("/iiif/3/{}", e.image));
  CHECK(share_holds(e.visitor.get(at + "/dav/").body, "href=\"" + at + "/dav/"));
}

TEST_CASE(
  "shares: people, imports, searches and everything that writes are out of reach") {
  exhibition e{"closed"};
  const auto share = e.share({{"download", true}});
  for (auto* path : {"/api/v1/session",
                     "/api/v1/sessions",
                     "/api/v1/accounts",
                     "/api/v1/groups",
                     "/api/v1/imports",
                     "/api/v1/jobs",
                     "/api/v1/trash",
                     "/api/v1/search?q=a",
                     "/api/v1/tags",
                     "/api/v1/shares",
                     "/api/v1/status",
                     "/api/v1/audit",
                     "/metrics",
                     "/admin/status",
                     "/index.html",
                     "/share/x/api/v1/images",
                     "/api/v0/m/images/",
                     "/webgateway/search/",
                     "/webgateway/original_file_paths/1/",
                     "/webclient/"})
    CHECK_MESSAGE(e.look(share, path) == 403, path);
  const auto image = e.at(share) + fmt::format("/api/v1/images/{}", e.image);
  CHECK(e.visitor.change(image, {{"name", "changed"}}).status == 403);
  CHECK(e.visitor.remove(image).status == 403);
  CHECK(e.visitor.put(image + "/settings", json::object()).status == 403);
  CHECK(e.visitor.post(e.at(share) + "/api/v1/shares", json::object()).status == 403);
  CHECK(e.who.read(fmt::format("/api/v1/images/{}", e.image)).at("name")
        == "a & b.ome.tif");
  // Not even the owner does more through it.
  CHECK(e.who.get(e.at(share) + fmt::format("/api/v1/images/{}", e.neighbour)).status
        == 404);
}

TEST_CASE("shares: originals are for those that may take them") {
  exhibition e{"download"};
  const auto looking = e.share(), taking = e.share({{"download", true}});
  const auto original = fmt::format("/api/v1/images/{}/originals/0", e.image);
  const std::string file = "/dav/Datasets%20without%20project/shown/a%20&%20b.ome.tif";
  for (auto& path : {original, file, fmt::format("/api/v1/images/{}/ome.tiff", e.image),
                     fmt::format("/api/v1/datasets/{}/download", e.shown)}) {
    CHECK_MESSAGE(e.look(looking, path) == 403, path);
    CHECK_MESSAGE(e.look(taking, path) == 200, path);
  }
  CHECK(e.visitor.get(e.at(taking) + original).body == e.bytes);
  CHECK(e.visitor.get(e.at(taking) + file).body == e.bytes);
  const auto listed =
    e.visitor.send("PROPFIND", e.at(taking) + "/dav/", {{"Depth", "1"}});
  CHECK(listed.status == 207);
  CHECK(share_holds(listed.body, e.at(taking) + "/dav/"));
  CHECK(e.look(taking, "/dav/Datasets%20without%20project/hidden/n.ome.tif") == 404);
}

TEST_CASE("shares: a password is asked for, by header, by Basic, and by a form") {
  exhibition e{"password"};
  const auto share = e.share({{"password", "violet harbour 7"}});
  const auto image = e.at(share) + fmt::format("/api/v1/images/{}", e.image);
  const auto without = e.visitor.get(image);
  CHECK(without.status == 401);
  CHECK(without.header("WWW-Authenticate").starts_with("Basic"));
  CHECK(e.visitor.get(image, {{"X-Share-Password", "violet harbour 7"}}).status == 200);
  CHECK(e.visitor.get(image, {{"X-Share-Password", "violet"}}).status == 401);
  CHECK(e.visitor
          .get(image,
               {httplib::make_basic_authentication_header("anybody", "violet harbour 7")})
          .status
        == 200);
  const auto page = e.visitor.get(e.at(share));
  CHECK(page.status == 401);
  CHECK(share_holds(page.body, "type=\"password\""));
  const httplib::Headers form{{"Content-Type", "application/x-www-form-urlencoded"}};
  CHECK(e.visitor.send("POST", e.at(share), form, "password=wrong").status == 401);
  const auto opened =
    e.visitor.send("POST", e.at(share), form, "password=violet+harbour+7");
  REQUIRE(opened.status == 303);
  const auto set = opened.header("Set-Cookie");
  CHECK(share_holds(set, "Path=" + e.at(share)));
  CHECK(share_holds(set, "HttpOnly"));
  const httplib::Headers cookie{{"Cookie", set.substr(0, set.find(';'))}};
  CHECK(e.visitor.get(image, cookie).status == 200);
  CHECK(e.visitor.get(e.at(share), cookie).status == 200);
  const auto other = e.share({{"password", "violet harbour 8"}});
  CHECK(e.visitor.get(e.at(other), cookie).status == 401);
  CHECK(e.who
          .post("/api/v1/shares", {{"objects", {{{"type", "image"}, {"id", e.image}}}},
                                   {"password", "12345678"}})
          .status
        == 400); // guessed first
}

TEST_CASE("shares: guessing a password is slowed down") {
  exhibition e{"guess"};
  const auto share = e.share({{"password", "violet harbour 7"}});
  int status = 0;
  for (int i = 0; i < 8 && status != 429; ++i)
    status = e.visitor
               .get(e.at(share) + "/api/v1/images",
                    {{"X-Share-Password", "guess " + std::to_string(i)}})
               .status;
  CHECK(status == 429);
}

TEST_CASE("shares: are listed with their visits, and end when they are revoked") {
  exhibition e{"revoked"};
  const auto share = e.share({{"title", "For the reviewers"}, {"days", 7}});
  REQUIRE(share.at("url") == shared_server().url() + e.at(share));
  REQUIRE(e.look(share, "/api/v1/images") == 200);
  REQUIRE(e.look(share, "/api/v1/images") == 200);
  auto listed = json::object();
  for (int i = 0; i < 50 && listed.value("views", 0) == 0; ++i)
    listed = e.who.read("/api/v1/shares").at("items").at(0);
  CHECK(listed.at("title") == "For the reviewers");
  CHECK(listed.at("views") == 1); // one visitor, however much they look at
  CHECK(listed.at("lastView").is_string());
  CHECK_FALSE(listed.contains("token"));
  const auto path = fmt::format("/api/v1/shares/{}", share.at("id").get<int64_t>());
  const auto longer = e.who.change(path, {{"days", 100}}).document();
  CHECK(longer.at("expires") > share.at("expires"));
  auto stranger = shared_server().add_user("share.stranger");
  CHECK(stranger.remove(path).status == 404);
  CHECK(
    stranger.post("/api/v1/shares", {{"objects", {{{"type", "image"}, {"id", e.image}}}}})
      .status
    == 404);
  CHECK(e.look(share, "/api/v1/images") == 200);
  CHECK(e.who.remove(path).status == 204);
  for (auto* rest : {"", "/", "/api/v1/images", "/dav/"})
    CHECK_MESSAGE(e.look(share, rest) == 404, rest);
  CHECK(e.visitor.get("/share/unknown/api/v1/images").status == 404);
  const auto history = shared_server().root().read("/api/v1/audit?action=share");
  CHECK(history.at("items").at(0).at("type") == "share");
}

TEST_CASE("shares: end when their owner sees the objects no more") {
  running_server server;
  auto& root = server.root();
  auto ada = server.add_user("ada"), bert = server.add_user("bert");
  const int64_t group =
    root.make("/api/v1/groups", {{"name", "lab"}, {"level", "read-only"}}).at("id");
  std::map<std::string, int64_t> accounts;
  for (auto* login : {"ada", "bert"}) {
    accounts[login] = root.read(std::string{"/api/v1/accounts?search="} + login)
                        .at("items")
                        .at(0)
                        .at("id");
    root.put(fmt::format("/api/v1/groups/{}/members/{}", group, accounts[login]),
             json::object());
  }
  const int64_t dataset =
    ada.make(fmt::format("/api/v1/datasets?group={}", group), {{"name", "d"}}).at("id");
  const auto image = import_image(ada, "a.png", picture_specimen{}.png(),
                                  {.dataset = dataset, .group = group});
  const auto share =
    bert.make("/api/v1/shares", {{"objects", {{{"type", "image"}, {"id", image}}}}});
  auto visitor = server.nobody();
  const auto place = exhibition::at(share) + fmt::format("/api/v1/images/{}", image);
  REQUIRE(visitor.get(place).status == 200);
  REQUIRE(visitor.get(place + "/thumbnail").status == 200);
  CHECK(root.remove(fmt::format("/api/v1/groups/{}/members/{}", group, accounts["bert"]))
          .status
        < 300);
  CHECK(visitor.get(place).status == 404);
  CHECK(visitor.get(place + "/thumbnail").status == 404);
}

TEST_CASE("shares: a browser gets a page of the images") {
  exhibition e{"page"};
  const auto share = e.share({{"title", "Cells <1>"}});
  const auto page = e.visitor.get(e.at(share));
  REQUIRE(page.status == 200);
  CHECK(page.header("Content-Type") == "text/html; charset=utf-8");
  CHECK(page.has("Content-Security-Policy"));
  CHECK(share_holds(page.body, "<h1>Cells &lt;1&gt;</h1>"));
  CHECK(share_holds(page.body, "a &amp; b.ome.tif"));
  CHECK_FALSE(share_holds(page.body, "n.ome.tif"));
  CHECK_FALSE(share_holds(page.body, "<script"));
  CHECK_FALSE(share_holds(page.body, "Original files"));
  CHECK(share_holds(page.body, "60 × 40 · 3 z · 2 c · 2 t"));
  CHECK(
    share_holds(page.body, fmt::format("src=\"{}/api/v1/images/{}/thumbnail?size=256\"",
                                       e.at(share), e.image)));
  CHECK(share_holds(e.visitor.get(e.at(e.share({{"download", true}}))).body,
                    "Original files"));
}

TEST_CASE("dav: signing in by each request opens one session") {
  exhibition e{"basic"};
  const auto login =
    httplib::make_basic_authentication_header("share.basic", running_server::password);
  auto nobody = shared_server().nobody();
  const std::string file = "/dav/Datasets%20without%20project/shown/a%20&%20b.ome.tif";
  const auto asked = nobody.get(file);
  CHECK(asked.status == 401);
  CHECK(asked.header("WWW-Authenticate").starts_with("Basic realm="));
  const auto before = e.who.read("/api/v1/sessions").at("items").size();
  for (int i = 0; i < 5; ++i)
    CHECK(nobody.get(file, {login}).body == e.bytes);
  CHECK(e.who.read("/api/v1/sessions").at("items").size() == before + 1);
  const auto wrong = nobody.get(
    file, {httplib::make_basic_authentication_header("share.basic", "wrong words")});
  CHECK(wrong.status == 401);
  CHECK(wrong.header("WWW-Authenticate").starts_with("Basic realm="));
  CHECK(nobody.get("/api/v1/projects", {login}).status == 401); // on this face only
  CHECK(nobody.get(file, {{"Authorization", "Basic !"}}).status == 400);
}

TEST_CASE("dav: an API token stands for a password") {
  exhibition e{"token"};
  api signed_in = shared_server().signed_in("share.token");
  const auto token =
    signed_in.make("/api/v1/tokens", {{"name", "drive"}, {"scopes", {"read"}}})
      .at("token")
      .get<std::string>();
  auto nobody = shared_server().nobody();
  const auto with = [&](const std::string& login) {
    return nobody.get("/dav/", {httplib::make_basic_authentication_header(login, token)})
      .status;
  };
  CHECK(with("share.token") == 200);
  CHECK(with("share.other") == 401);
}
