// The public user: what is shown to who does not sign in.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

/// A server with a public user who sees one group, and an image there and elsewhere.
struct museum {
  running_server server{{.arguments = {"--public-user", "visitor"}}};
  api curator = server.add_user("curator");
  int64_t hall = 0, shown = 0, stored = 0, image = 0;

  museum() {
    server.add_user("visitor");
    auto& root = server.root();
    hall =
      root.make("/api/v1/groups", {{"name", "hall"}, {"level", "read-only"}}).at("id");
    for (auto* login : {"visitor", "curator"}) {
      const auto found = root.read(std::string{"/api/v1/accounts?search="} + login);
      const auto account = found.at("items").at(0).at("id").get<int64_t>();
      REQUIRE(
        root
          .put(fmt::format("/api/v1/groups/{}/members/{}", hall, account), json::object())
          .status
        == 200);
    }
    shown = curator.make(fmt::format("/api/v1/projects?group={}", hall), {{"name", "a"}})
              .at("id");
    const auto dataset = curator.make(fmt::format("/api/v1/datasets?group={}", hall),
                                      {{"name", "d"}, {"project", shown}});
    image = import_image(curator, "a.png", picture_specimen{}.png(),
                         {.dataset = dataset.at("id"), .group = hall});
    stored = curator.make("/api/v1/projects", {{"name", "b"}}).at("id");
  }
};

} // namespace

TEST_CASE("visitors: see what the public user sees, and change nothing") {
  museum m;
  auto visitor = m.server.nobody();
  CHECK(visitor.read("/api/v1/session").at("kind") == "visitor");
  CHECK(visitor.get(fmt::format("/api/v1/projects/{}", m.shown)).status == 200);
  CHECK(visitor.get(fmt::format("/api/v1/projects/{}", m.stored)).status == 404);
  CHECK(visitor.get(fmt::format("/api/v1/images/{}/thumbnail", m.image)).status == 200);
  CHECK(visitor.get("/api/v1/sessions").status == 401);
  CHECK(visitor.get("/api/v1/status").status == 401);
  const auto document = visitor.read("/api/v1/openapi.json");
  for (auto& [path, operations] : document.at("paths").items())
    for (auto& [method, words] : operations.items()) {
      if (method == "get" || method == "head" || words.contains("security"))
        continue;
      CAPTURE(path);
      auto plain = path;
      for (auto open = plain.find('{'); open != plain.npos; open = plain.find('{'))
        plain.replace(open, plain.find('}') - open + 1, "1");
      const auto status = method == "delete" ? visitor.remove(plain).status
                          : method == "put"  ? visitor.put(plain, json::object()).status
                          : method == "patch"
                            ? visitor.change(plain, json::object()).status
                            : visitor.post(plain).status;
      // Some look at the form of the body first.
      CHECK((status == 401 || status == 400));
    }
}

TEST_CASE("visitors: a wrong token is no visitor, and the switch turns them out") {
  museum m;
  CHECK(api{m.server.url(), "wrong"}.get("/api/v1/projects").status == 401);
  auto visitor = m.server.nobody();
  REQUIRE(visitor.get("/api/v1/projects").status == 200);
  const auto found = m.server.root().read("/api/v1/accounts?search=visitor");
  const auto account = found.at("items").at(0).at("id").get<int64_t>();
  CHECK(m.server.root()
          .change(fmt::format("/api/v1/accounts/{}", account), {{"active", false}})
          .status
        == 200);
  CHECK(visitor.get("/api/v1/projects").status == 401);
}

TEST_CASE("visitors: are let in only where a public user is named") {
  CHECK(shared_server().nobody().get("/api/v1/projects").status == 401);
}
