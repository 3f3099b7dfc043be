// Every promise to OMERO's clients, asked of a server with one object of each kind.

#include "http/omero/contract.hpp"
#include "tests/support/json_shape.hpp"
#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <iostream>

using namespace troupe::test;
using troupe::http::omero::promise;

namespace {

int64_t contract_id(const json& made) {
  return made.at("id").get<int64_t>();
}

/// One object of each kind, by the name that promises know it by.
class specimens {
public:
  std::map<std::string, int64_t> ids;
  api who;

  specimens() : who{shared_server().add_user("contract")} {
    const auto me = who.read("/api/v1/session");
    ids["user"] = me.at("account").at("id");
    ids["group"] = me.at("group").at("id");
    images();
    plate();
    regions();
    annotations();
  }

  std::string filled(std::string text) const {
    for (auto& [name, id] : ids)
      for (auto at = text.find("{" + name + "}"); at != text.npos;
           at = text.find("{" + name + "}"))
        text.replace(at, name.size() + 2, std::to_string(id));
    return text;
  }

private:
  void images() {
    ids["project"] = contract_id(who.make("/api/v1/projects", {{"name", "promised"}}));
    ids["dataset"] = contract_id(who.make(
      "/api/v1/datasets", {{"name", "of all kinds"}, {"project", ids["project"]}}));
    const target here{.project = nullptr, .dataset = ids["dataset"]};
    ids["image"] = import_image(who, "stack.ome.tif", stack{}.bytes(), here);
    ids["rgb"] = import_image(who, "colours.png", picture_specimen{}.png(), here);
    ids["pyramid"] = import_image(who, "levels.tif", pyramid{}.bytes(), here);
    ids["orphan"] = import_image(who, "alone.ome.tif", stack{.seed = 3}.bytes());
  }

  void plate() {
    ids["screen"] = contract_id(who.make("/api/v1/screens", {{"name", "promised"}}));
    ids["plate"] = contract_id(who.make(
      "/api/v1/plates",
      {{"name", "by hand"}, {"rows", 2}, {"columns", 3}, {"screen", ids["screen"]}}));
    ids["run"] = contract_id(
      who.make(fmt::format("/api/v1/plates/{}/runs", ids["plate"]), {{"name", "first"}}));
    const auto shown = import_image(who, "well.ome.tif", stack{.seed = 5}.bytes());
    const json field{{"row", 0}, {"column", 1}, {"image", shown}, {"run", ids["run"]}};
    const auto put = who.put(fmt::format("/api/v1/plates/{}/fields", ids["plate"]),
                             {{"fields", json::array({field})}});
    REQUIRE(put.status == 200);
    const auto filled = who.read(fmt::format("/api/v1/plates/{}", ids["plate"]));
    ids["well"] = contract_id(filled.at("wells").at(0));
    ids["field"] = shown;
  }

  void regions() {
    json box{{"kind", "rectangle"},
             {"geometry", {4, 5, 20, 10}},
             {"z", 1},
             {"t", 0},
             {"text", "cell"}};
    json mask{{"kind", "mask"}, {"geometry", {2, 3, 8, 2}}, {"mask", "/wA="}};
    json roi{{"name", "both"}, {"shapes", json::array({box, mask})}};
    const auto drawn = who
                         .make(fmt::format("/api/v1/images/{}/rois", ids["image"]),
                               {{"rois", json::array({roi})}})
                         .at("created")
                         .at(0);
    ids["roi"] = contract_id(drawn);
    ids["shape"] = drawn.at("shapes").at(0);
    ids["mask"] = drawn.at("shapes").at(1);
  }

  int64_t put(const json& what) {
    json body = what;
    body["on"] = {{"type", "image"}, {"ids", {ids["image"]}}};
    return contract_id(who.make("/api/v1/annotations", body));
  }

  void annotations() {
    ids["tag"] = put({{"kind", "tag"}, {"value", "promised"}});
    const json pair{{"k", "Gene"}, {"v", "CDC20"}};
    ids["map"] = put({{"kind", "map"},
                      {"value", json::array({pair})},
                      {"namespace", "openmicroscopy.org/omero/client/mapAnnotation"}});
    httplib::Client http{shared_server().url()};
    const auto sent = http.Post(
      fmt::format("/api/v1/attachments?type=image&ids={}&name=notes.csv", ids["image"]),
      httplib::Headers{{"Authorization", "Bearer " + who.token()}}, "a,b\n1,2\n",
      "text/csv");
    REQUIRE(sent);
    REQUIRE(sent->status == 201);
    ids["file"] = contract_id(json::parse(sent->body));
  }
};

answer ask(const specimens& all, const promise& p) {
  httplib::Client http{shared_server().url()};
  httplib::Request request;
  request.method = p.method;
  request.path = all.filled(p.target);
  request.body = all.filled(p.body);
  request.headers = {{"Authorization", "Bearer " + all.who.token()}};
  if (!request.body.empty())
    request.headers.emplace("Content-Type", request.body.front() == '{'
                                              ? "application/json"
                                              : "application/x-www-form-urlencoded");
  const auto got = http.send(request);
  REQUIRE(got);
  return {got->status, got->body, got->headers};
}

/// @returns what is not as promised, empty when all is.
std::string broken(const specimens& all, const promise& p) {
  const auto got = ask(all, p);
  if (got.status != p.status)
    return fmt::format("status {} instead of {}: {}", got.status, p.status,
                       got.body.substr(0, 160));
  if (const auto type = got.header("Content-Type"); !type.starts_with(p.type))
    return fmt::format("it is {}, not {}", type, p.type);
  if (*p.shape == 0)
    return {};
  const auto body = json::parse(got.body, nullptr, false);
  if (body.is_discarded())
    return "it is no JSON: " + got.body.substr(0, 160);
  return shape_differs(body, json::parse(all.filled(p.shape)));
}

} // namespace

TEST_CASE("omero: every promise to clients is kept") {
  const specimens all;
  int kept = 0, promised = 0;
  for (auto* family : troupe::http::omero::promises())
    for (auto& p : *family) {
      ++promised;
      const auto why = broken(all, p);
      kept += why.empty();
      std::cout << fmt::format("P{} {:<6} {:<80} {}\n", p.priority, p.method, p.target,
                               why.empty() ? "served" : "NOT SERVED: " + why);
      CHECK_MESSAGE(why.empty(), p.method << " " << p.target << ": " << why);
    }
  std::cout << fmt::format("{} of {} promises are kept\n", kept, promised);
}
