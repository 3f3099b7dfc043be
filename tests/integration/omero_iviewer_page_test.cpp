// The page of OMERO's viewer: with its files, and without them.

#include "tests/support/omero_client.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>

using namespace troupe::test;

namespace {

void put_file(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream{path} << text;
}

/// A server with the least that the applications need.
struct equipped_server {
  running_server server;
  std::filesystem::path files = server / "static";

  equipped_server() {
    put_file(files / "omero_iviewer/main.js", "window.viewer = true;\n");
    put_file(files / "omero_iviewer/css/all.min.css", "body{}");
    put_file(files / "omero_iviewer/.secret", "no");
    put_file(files / "omero_figure/index.html",
             "<html><script>\nconst USER_ID = 0;\nconst PING_URL = \"\";\n"
             "const USER_FULL_NAME = \"OME\";\n</script>"
             "<script src=\"/static/omero_figure/main.js\"></script></html>");
    server.stop();
    server.start({.arguments = {"--omero-static", files.string()}});
  }
};

equipped_server& equipped() {
  static equipped_server one;
  return one;
}

omero_client root_of_equipped() {
  return {equipped().server, "root", running_server::password};
}

std::string nonce_in(const std::string& html) {
  const auto at = html.find("nonce=\"");
  return at == html.npos ? "" : html.substr(at + 7, html.find('"', at + 7) - at - 7);
}

json request_parameters_in(const std::string& html) {
  const auto at = html.find("INITIAL_REQUEST_PARAMS = ");
  REQUIRE(at != html.npos);
  const auto end = html.find(";\n", at);
  return json::parse(html.substr(at + 25, end - at - 25));
}

} // namespace

TEST_CASE("omero iviewer page: says what the address said, in texts") {
  auto root = root_of_equipped();
  const auto page =
    root.get("/iviewer/?images=1,2&dataset=7&z=3&SHOW_PALETTE_ONLY=True&version=&roi="
             "%3C/script%3E%3Cscript%3E&maps=%22");
  REQUIRE(page.status == 200);
  CHECK(page.header("Content-Type").starts_with("text/html"));
  const auto said = request_parameters_in(page.body);
  for (auto& [key, value] : said.items())
    CHECK_MESSAGE(value.is_string(), key);
  CHECK(said.at("IMAGES") == "1,2");
  CHECK(said.at("DATASET") == "7");
  CHECK(said.at("Z") == "3");
  CHECK(said.at("ROI") == "</script><script>");
  CHECK(said.at("MAPS") == "\"");
  CHECK(said.at("SHOW_PALETTE_ONLY") == "False");
  CHECK(said.at("WEB_API_BASE") == "/api/v0/");
  CHECK(said.at("MAX_ACTIVE_CHANNELS") == "10");
  CHECK(said.at("OMERO_FIGURE") == "/figure/");
  CHECK(!said.at("VERSION").get<std::string>().empty());
  CHECK(page.body.find("</script><script>") == std::string::npos);
  for (auto file : {"css/all.min.css", "vendors.js", "main.js", "deps.js"})
    CHECK(page.body.find(fmt::format("/static/omero_iviewer/{}", file))
          != std::string::npos);
}

TEST_CASE("omero iviewer page: only its own script may be inside") {
  auto root = root_of_equipped();
  const auto page = root.get("/iviewer/?images=1");
  const auto policy = page.header("Content-Security-Policy");
  const auto nonce = nonce_in(page.body);
  REQUIRE(nonce.size() >= 16);
  CHECK(policy.find("'nonce-" + nonce + "'") != std::string::npos);
  CHECK(policy.find("script-src 'self'") != std::string::npos);
  CHECK(nonce_in(root.get("/iviewer/").body) != nonce);
  CHECK(root.cookies.contains("csrftoken"));
  CHECK(page.headers.count("Content-Security-Policy") == 1);
  const auto image =
    import_image(equipped().server.root(), "a.png", picture_specimen{}.png());
  const auto detail = root.get(fmt::format("/webclient/img_detail/{}/", image));
  CHECK(request_parameters_in(detail.body).at("IMAGES") == std::to_string(image));
}

TEST_CASE("omero iviewer page: who is not signed in signs in first") {
  omero_client nobody{equipped().server.url()};
  const auto page = nobody.get("/iviewer/?images=1");
  CHECK(page.status == 302);
  // The client has decoded it.
  CHECK(page.header("Location") == "/webclient/login/?url=/iviewer/?images=1");
}

TEST_CASE("omero iviewer page: what is installed is offered to open things with") {
  const auto offered = [](const std::string& url) {
    return omero_client{url}
      .get("/webgateway/open_with/")
      .document()
      .at("open_with_options");
  };
  const auto theirs = offered(equipped().server.url());
  REQUIRE(theirs.size() == 2);
  CHECK(theirs[0].at("id") == "omero_iviewer");
  CHECK(theirs[0].at("url") == "/iviewer/");
  CHECK(theirs[1].at("url") == "/figure/new/");
  CHECK(offered(shared_server().url()).empty());
}

TEST_CASE("omero iviewer page: files are served from the folder, and nothing else") {
  omero_client nobody{equipped().server.url()};
  const auto script = nobody.get("/static/omero_iviewer/main.js");
  CHECK(script.status == 200);
  CHECK(script.body == "window.viewer = true;\n");
  CHECK(script.header("Content-Type").starts_with("text/javascript"));
  CHECK(script.header("Cache-Control").find("max-age") != std::string::npos);
  const auto again = nobody.get("/static/omero_iviewer/main.js",
                                {{"If-None-Match", script.header("ETag")}});
  CHECK(again.status == 304);
  CHECK(nobody.get("/static/omero_iviewer/css/all.min.css").header("Content-Type")
        == "text/css; charset=utf-8");
  for (auto path : {"/static/omero_iviewer/absent.js", "/static/omero_iviewer/.secret",
                    "/static/omero_iviewer", "/static/omero_iviewer/%2e%2e/%2e%2e/log",
                    "/static/omero_iviewer/../../log"}) {
    CAPTURE(path);
    const auto refused = nobody.get(path).status;
    CHECK((refused == 404 || refused == 400));
  }
  // Our own are still there.
  CHECK(nobody.get("/static/webclient/image/image16.png").status == 200);
}

TEST_CASE("omero iviewer page: without its files the address leads to our viewer") {
  auto who = omero_newcomer("iviewer.page", "private");
  const auto image = import_image(who.own, "cell.ome.tif", stack{}.bytes());
  const auto drawn =
    who.own
      .make(
        fmt::format("/api/v1/images/{}/rois", image),
        {{"rois",
          json::array(
            {{{"shapes", json::array({{{"kind", "point"}, {"geometry", {1, 2}}}})}}})}})
      .at("created")
      .at(0);
  auto leads_to = [&](const std::string& query) {
    const auto a = who.omero.get("/iviewer/" + query);
    CHECK(a.status == 302);
    return a.header("Location");
  };
  const auto shown = fmt::format("/image/{}", image);
  CHECK(leads_to(fmt::format("?images={},7", image)) == shown);
  CHECK(leads_to(fmt::format("?images={}&z=2&t=1", image)) == shown + "?z=2&t=1");
  CHECK(leads_to(fmt::format("?roi={}", drawn.at("id").get<int64_t>())) == shown);
  CHECK(leads_to(fmt::format("?shape={}", drawn.at("shapes").at(0).get<int64_t>()))
        == shown);
  CHECK(leads_to("?dataset=5") == "/dataset/5");
  CHECK(leads_to("") == "/");
  CHECK(who.omero.get("/figure/").status == 404);
  const auto options = who.omero.send("OPTIONS", "/omero_ms_image_region/", "", "");
  CHECK(options.document() == json{{"options", {{"maxActiveChannels", 10}}}});
}

TEST_CASE("omero figure page: knows who looks at it") {
  auto root = root_of_equipped();
  const auto page = root.get("/figure/");
  REQUIRE(page.status == 200);
  CHECK(page.body.find("const USER_ID = 0;") == std::string::npos);
  CHECK(page.body.find("const PING_URL = \"/webclient/keepalive_ping/\";")
        != std::string::npos);
  const auto nonce = nonce_in(page.body);
  CHECK(page.header("Content-Security-Policy").find(nonce) != std::string::npos);
  CHECK(root.get("/figure/file/12/").status == 200);
  CHECK(root.get("/figure/new/").body.find("USER_FULL_NAME = \"") != std::string::npos);
}
