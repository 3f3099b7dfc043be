// Every route there is, asked by nobody and by strangers: a new one without its words
// here fails.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <map>

using namespace troupe::test;

namespace {

constexpr auto secret = "Zaphod";

/// What Ada has in her private group: an id for every path parameter.
struct routes_house {
  api ada = shared_server().add_user("routes.ada");
  api stranger = shared_server().add_user("routes.stranger");
  std::map<std::string, std::string> ids;

  routes_house() {
    auto name = [](const char* what) { return fmt::format("{} {}", secret, what); };
    const int64_t project =
      ada.make("/api/v1/projects", {{"name", name("project")}}).at("id");
    const int64_t dataset =
      ada.make("/api/v1/datasets", {{"name", name("dataset")}, {"project", project}})
        .at("id");
    put("project", project);
    put("dataset", dataset);
    put("image", import_image(ada, name("image") + ".ome.tif", stack{}.bytes(),
                              {.dataset = dataset}));
    put("screen", ada.make("/api/v1/screens", {{"name", name("screen")}}).at("id"));
    put("folder", ada.make("/api/v1/folders", {{"name", name("folder")}}).at("id"));
    put("import", upload(ada, name("half") + ".tif", "1234"));
    put("account", ada.read("/api/v1/session").at("account").at("id"));
    put("session", ada.read("/api/v1/sessions").at("items").at(0).at("id"));
    put(
      "group",
      shared_server().root().make("/api/v1/groups", {{"name", name("group")}}).at("id"));
    ids["file"] = "0";
    ids["actor"] = "thumbnail";
    // Nobody makes these without files of other tests: what is absent refuses as well.
    for (auto kind : {"plate", "run", "well", "fileset", "roi", "shape", "channel",
                      "reagent", "trash", "job", "request"})
      ids[kind] = "987654321";
    put("share",
        ada.make("/api/v1/shares", {{"type", "project"}, {"ids", {project}}}).at("id"));
    put("annotation",
        ada.make("/api/v1/annotations", {{"kind", "tag"}, {"value", name("tag")}})
          .at("id"));
  }

  void put(const std::string& name, int64_t id) { ids[name] = std::to_string(id); }

  static routes_house& the() {
    static routes_house one;
    return one;
  }
};

struct operation {
  std::string method, pattern, address;
  json words;
};

std::string with_ids(const std::string& pattern) {
  auto out = pattern;
  for (auto open = out.find('{'); open != out.npos; open = out.find('{', open + 1)) {
    const auto end = out.find('}', open);
    const auto name = out.substr(open + 1, end - open - 1);
    const auto found = routes_house::the().ids.find(name);
    REQUIRE_MESSAGE(found != routes_house::the().ids.end(),
                    "no permission test knows the parameter " << name << " of "
                                                              << pattern);
    out.replace(open, end - open + 1, found->second);
  }
  return out;
}

/// What a request needs so that it is refused for its asker, not for its form.
std::string query_of(const operation& o) {
  static const std::map<std::string, std::string> queries{
    {"pixels", "?z=0&c=0&t=0"},
    {"plane", "?z=0&t=0"},
    {"tile", "?level=0&x=0&y=0&z=0&t=0"},
    {"split", "?z=0&t=0"},
    {"line", "?row=0"},
    {"histogram", "?c=0"},
    {"attachments", "?name=x"},
    {"search", "?q=" + std::string{secret}},
    {"counts", "?q=" + std::string{secret}},
    {"thumbnails", "?images=" + routes_house::the().ids.at("image")},
    {"downloads", "?objects=image:" + routes_house::the().ids.at("image")},
    {"statistics", "?z=0&c=0&t=0&x=0&y=0&width=1&height=1"},
  };
  const auto found = queries.find(o.pattern.substr(o.pattern.rfind('/') + 1));
  return found == queries.end() ? "" : found->second;
}

json body_of(const operation& o) {
  auto& ids = routes_house::the().ids;
  auto id = [&](const char* name) { return std::stoll(ids.at(name)); };
  const json dataset{{"type", "dataset"}, {"id", id("dataset")}};
  static const json channel{{"index", 0},         {"active", true},
                            {"color", "FF0000"},  {"window", {{"start", 0}, {"end", 9}}},
                            {"family", "linear"}, {"coefficient", 1},
                            {"inverted", false},  {"noiseReduction", false},
                            {"lut", nullptr}};
  static const json point{{"kind", "point"}, {"geometry", json::array({1, 1})}};
  static const json new_roi{{"shapes", json::array({point})}};
  const std::map<std::string, json> bodies{
    {"NewProject", {{"name", "x"}}},
    {"NewDataset", {{"name", "x"}, {"project", id("project")}}},
    {"NewContainer", {{"name", "x"}, {"parent", id("folder")}}},
    {"Words", {{"name", "x"}}},
    {"NewPlate", {{"name", "x"}}},
    {"NewRun", {{"name", "x"}}},
    {"PlateFields",
     {{"fields", json::array({{{"row", 0}, {"column", 0}, {"image", id("image")}}})}}},
    {"Changes", {{"type", "image"}, {"ids", {id("image")}}, {"name", "x"}}},
    {"Links", {{"parent", dataset}, {"type", "image"}, {"ids", {id("image")}}}},
    {"Unlinks", {{"parent", dataset}, {"type", "image"}, {"ids", {id("image")}}}},
    {"NewImport",
     {{"files", {{{"path", "a"}, {"bytes", 1}}}}, {"dataset", id("dataset")}}},
    {"CommitImport", json::object()},
    {"NewViewSettings",
     {{"model", "color"},
      {"z", 0},
      {"t", 0},
      {"codomain", {{"start", 0}, {"end", 255}, {"resolution", 255}}},
      {"channels", json::array({channel})}}},
    {"ResetViewSettings", {{"to", "minMax"}}},
    {"PasteViewSettings", {{"images", {id("image")}}}},
    {"ResetManySettings", {{"to", "minMax"}, {"images", {id("image")}}}},
    {"Shape", {{"type", "rectangle"}, {"x", 0}, {"y", 0}, {"width", 1}, {"height", 1}}},
    {"NewAccount", {{"login", "routes.made"}, {"group", id("group")}}},
    {"AccountChange", {{"email", "x@example.org"}}},
    {"PasswordChange", {{"password", "another one 1"}}},
    {"NewPassword", {{"token", "x"}, {"password", "another one 1"}}},
    {"NewGroup", {{"name", "x"}}},
    {"GroupChange", {{"description", "x"}}},
    {"Membership", {{"leader", false}}},
    {"NewToken", {{"name", "x"}}},
    {"Credentials", {{"login", "x"}, {"password", "y"}}},
    {"NewAnnotation", {{"kind", "tag"}, {"value", "x"}}},
    {"AnnotationChange", {{"value", "x"}}},
    {"AnnotationIds", {{"ids", {id("annotation")}}}},
    {"AnnotationLinks",
     {{"type", "image"}, {"ids", {id("image")}}, {"annotations", {id("annotation")}}}},
    {"AnnotationUnlinks",
     {{"type", "image"}, {"ids", {id("image")}}, {"annotations", {id("annotation")}}}},
    {"Ratings", {{"type", "image"}, {"ids", {id("image")}}, {"rating", 3}}},
    {"NewDeletion", {{"type", "image"}, {"ids", {id("image")}}}},
    {"NewMove", {{"type", "image"}, {"ids", {id("image")}}, {"group", id("group")}}},
    {"NewDownload", {{"objects", json::array({dataset})}}},
    {"NewShare", {{"objects", json::array({dataset})}}},
    {"ShareChange", {{"days", 5}}},
    {"NewRois", {{"rois", json::array({new_roi})}}},
    {"NewDrawing", {{"image", id("image")}, {"create", json::array({new_roi})}}},
    {"RoiChange", {{"name", "x"}}},
    {"DrawnShape", point},
    {"ShapeIds", {{"shapes", json::array({1})}}},
    {"NewGift", {{"type", "image"}, {"ids", {id("image")}}, {"account", id("account")}}},
  };
  if (!o.words.contains("requestBody"))
    return json::object();
  const auto content = o.words.at("requestBody").at("content");
  if (!content.contains("application/json"))
    return json::object();
  std::string schema = content.at("application/json").at("schema").at("$ref");
  schema = schema.substr(schema.rfind('/') + 1);
  const auto found = bodies.find(schema);
  REQUIRE_MESSAGE(found != bodies.end(),
                  "no permission test knows the body " << schema << " of " << o.pattern);
  return found->second;
}

/// The media type of a body that is no JSON, empty for others.
std::string raw_type(const operation& o) {
  if (!o.words.contains("requestBody"))
    return "";
  const auto content = o.words.at("requestBody").at("content");
  return content.contains("application/json") ? "" : content.begin().key();
}

answer post_raw(const api& who, const std::string& path, const std::string& type) {
  httplib::Client http{shared_server().url()};
  const auto got = http.Post(path, {{"Authorization", "Bearer " + who.token()}},
                             "name,tag\nx,y\n", type);
  REQUIRE(got);
  return {got->status, got->body, got->headers};
}

answer ask(api& who, const operation& o) {
  const auto path = o.address + query_of(o);
  if (o.method == "post" && !raw_type(o).empty())
    return post_raw(who, path, raw_type(o));
  if (o.method == "get")
    return who.get(path);
  if (o.method == "head")
    return who.head(path);
  if (o.method == "delete")
    return who.remove(path);
  if (o.method == "put")
    return who.put(path, body_of(o));
  if (o.method == "post")
    return who.post(path, body_of(o));
  REQUIRE(o.method == "patch");
  if (o.pattern.ends_with("/{file}"))
    return who.patch(path, "x", 4);
  return who.change(path, body_of(o));
}

std::vector<operation> operations() {
  std::vector<operation> all;
  const auto document = shared_server().root().read("/api/v1/openapi.json");
  for (auto& [pattern, methods] : document.at("paths").items())
    for (auto& [method, words] : methods.items())
      all.push_back({method, pattern, with_ids(pattern), words});
  return all;
}

/// Goes on until somebody leaves; server_status_events_test listens to it.
bool is_endless(const operation& o) {
  const auto success = o.words.at("responses").value("200", json::object());
  return success.value("content", json::object()).contains("text/event-stream");
}

bool is_public(const operation& o) {
  return o.words.contains("security") && o.words.at("security").empty();
}

} // namespace

TEST_CASE("routes: nobody gets anything but what is for everybody") {
  auto nobody = shared_server().nobody();
  for (auto& o : operations()) {
    if (is_public(o))
      continue;
    CAPTURE(o.method);
    CAPTURE(o.pattern);
    CHECK(ask(nobody, o).status == 401);
  }
}

TEST_CASE("routes: a stranger finds none of another person's things") {
  auto& h = routes_house::the();
  for (auto& o : operations()) {
    // Signing out would end the test; one's own lists are looked at below.
    if (is_public(o) || (o.method == "delete" && o.pattern == "/api/v1/session"))
      continue;
    CAPTURE(o.method);
    CAPTURE(o.pattern);
    const auto a = ask(h.stranger, o);
    CAPTURE(a.status);
    CAPTURE(a.body);
    CHECK(a.status < 500);
    CHECK(a.body.find(secret) == std::string::npos);
    // Names of accounts are for everybody who is signed in.
    const bool of_something =
      o.pattern.find('{') != o.pattern.npos
      && !(o.method == "get" && o.pattern == "/api/v1/accounts/{account}");
    if (of_something)
      CHECK((a.status == 404 || a.status == 403));
    if (a.status == 200 && o.method == "post" && a.body.find("\"done\"") != a.body.npos)
      CHECK(a.document().at("done").empty());
    if (o.pattern == "/api/v1/deletions" || o.pattern == "/api/v1/moves"
        || o.pattern == "/api/v1/gifts")
      CHECK((a.status == 404 || a.status == 403
             || a.document().at("counts").dump().find_first_of("123456789")
                  == std::string::npos));
  }
  // And all is as it was.
  CHECK(h.ada.get("/api/v1/images/" + h.ids.at("image")).status == 200);
  CHECK(h.ada.read("/api/v1/datasets/" + h.ids.at("dataset") + "/images").at("total")
        == 1);
}

TEST_CASE("routes: an administrator may ask everything, and gets an answer") {
  auto& root = shared_server().root();
  for (auto& o : operations()) {
    if (o.method != "get" || is_endless(o) || o.address.find("987654321") != o.address.npos
        || o.pattern.ends_with("{annotation}/file")) // a tag has none
      continue;
    CAPTURE(o.pattern);
    const auto a = ask(root, o);
    CAPTURE(a.body);
    CHECK(a.status >= 200);
    CHECK(a.status < 300);
  }
}
