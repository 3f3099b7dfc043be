// Annotating over the web: links, tags, ratings, files and tables.

#include "tests/support/running_server.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

int64_t dataset_called(api& who, const std::string& name) {
  return who.make("/api/v1/datasets", {{"name", name}}).at("id");
}

std::string of(const std::string& kind, int64_t id, const std::string& rest = "") {
  return fmt::format("/api/v1/{}/{}{}", kind, id, rest);
}

/// Posts bytes that are no JSON.
answer send(api& who, const std::string& path, const std::string& bytes,
            const std::string& type) {
  httplib::Client http{shared_server().url()};
  auto got = http.Post(path, {{"Authorization", "Bearer " + who.token()}}, bytes, type);
  REQUIRE(got);
  return {got->status, got->body, got->headers};
}

} // namespace

TEST_CASE("annotations: made, linked, listed, changed and deleted over the web") {
  auto& root = shared_server().root();
  const auto one = dataset_called(root, "annotated"), two = dataset_called(root, "as well");
  const auto tag =
    root.make("/api/v1/annotations", {{"kind", "tag"},
                                      {"value", "web tag"},
                                      {"on", {{"type", "dataset"}, {"ids", {one}}}}});
  CHECK(tag.at("value") == "web tag");
  CHECK(tag.at("rights").size() > 0);
  const int64_t id = tag.at("id");
  const auto linked =
    root
      .post("/api/v1/annotation-links",
            {{"type", "dataset"},
             {"ids", {one, two, 999'999}},
             {"annotations", {id}},
             {"new", json::array({{{"kind", "comment"}, {"value", "both"}}})}})
      .document();
  CHECK(linked.at("done") == json::array({one, two}));
  CHECK(linked.at("refused").at(0).at("error") == "not-found");
  CHECK(linked.at("annotations").size() == 2);

  const auto items = root.read(of("datasets", two, "/annotations")).at("items");
  REQUIRE(items.size() == 2);
  // Only what is on this dataset.
  CHECK(items.at(0).at("on") == json::array({{{"kind", "dataset"}, {"id", two}}}));
  CHECK(items.at(0).at("links").at(0).at("by").at("login") == "root");
  const auto carriers = root.read(of("annotations", id, "/objects?type=dataset"));
  CHECK(carriers.at("total") == 2);
  CHECK(carriers.at("items").at(1).at("name") == "as well");

  auto changed =
    root.change(of("annotations", id), {{"value", "web tag 2"}, {"version", 1}});
  CHECK(changed.status == 200);
  CHECK(changed.document().at("version") == 2);
  CHECK(root.change(of("annotations", id), {{"value", "x"}, {"version", 1}}).status
        == 409);
  CHECK(root.change(of("annotations", id), {{"value", 5}}).status == 400);
  CHECK(root
          .post("/api/v1/annotation-unlinks",
                {{"type", "dataset"}, {"ids", {one}}, {"annotations", {id}}})
          .document()
          .at("done")
        == json::array({one}));
  auto stranger = shared_server().add_user("annotations.stranger");
  CHECK(stranger.get(of("datasets", two, "/annotations")).status == 404);
  CHECK(stranger.get(of("annotations", id)).status == 404);
  CHECK(stranger.remove(of("annotations", id)).status == 404);
  CHECK(stranger.read("/api/v1/tags?search=web").at("total") == 0);
  CHECK(root.remove(of("annotations", id)).status == 204);
  CHECK(root.get(of("annotations", id)).status == 404);
  CHECK(root.get("/api/v1/unicorns/1/annotations").status == 404);
}

TEST_CASE("annotations: tags, keys and ratings to choose from") {
  auto& root = shared_server().root();
  const auto dataset = dataset_called(root, "rated");
  root.make("/api/v1/annotations", {{"kind", "tag"}, {"value", "Choice one"}});
  root.make("/api/v1/annotations",
            {{"kind", "map"},
             {"value", json::parse(R"([{"k":"choice of dose","v":"1"}])")},
             {"on", {{"type", "dataset"}, {"ids", {dataset}}}}});
  CHECK(root.read("/api/v1/tags?search=choice&prefix=true&limit=5").at("total") == 1);
  CHECK(root.read("/api/v1/tags?search=one&prefix=true").at("total") == 0);
  CHECK(root.read("/api/v1/keys?search=choice%20of").at("items").at(0).at("key")
        == "choice of dose");
  CHECK(root.get("/api/v1/tags?limit=0").status == 400);
  auto rate = [&](int rating) {
    return root
      .post("/api/v1/ratings",
            {{"type", "dataset"}, {"ids", {dataset}}, {"rating", rating}})
      .status;
  };
  CHECK(rate(5) == 200);
  CHECK(rate(2) == 200);
  CHECK(rate(6) == 400);
  const auto items = root.read(of("datasets", dataset, "/annotations")).at("items");
  REQUIRE(items.size() == 2);
  CHECK(items.at(1).at("value") == 2);
}

TEST_CASE("annotations: files of any bytes, whole and in ranges") {
  auto& root = shared_server().root();
  const auto dataset = dataset_called(root, "with a file");
  std::string bytes(300'000, '\0');
  for (size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<char>(i * 7);
  const auto sent = send(root,
                         fmt::format("/api/v1/attachments?name={}&type=dataset&ids={}",
                                     escaped("m\xC3\xBC 1.bin"), dataset),
                         bytes, "application/x-thing");
  REQUIRE(sent.status == 201);
  const auto file = sent.document();
  CHECK(file.at("file").at("sha256") == sha256(bytes));
  CHECK(file.at("file").at("bytes") == bytes.size());
  CHECK(file.at("file").at("mime") == "application/x-thing");
  CHECK(root.read(of("datasets", dataset, "/annotations")).at("items").size() == 1);
  const auto path = of("annotations", file.at("id"), "/file");
  const auto whole = root.get(path);
  CHECK(whole.status == 200);
  CHECK(whole.body == bytes);
  CHECK(whole.header("Accept-Ranges") == "bytes");
  const auto part = root.get(path, {{"Range", "bytes=100-199"}});
  CHECK(part.status == 206);
  CHECK(part.body == bytes.substr(100, 100));
  CHECK(part.header("Content-Range") == "bytes 100-199/300000");
  CHECK(root.get(path, {{"Range", "bytes=-5"}}).body == bytes.substr(299'995));
  CHECK(root.get(path, {{"Range", "bytes=300000-"}}).status == 416);
  CHECK(root.get(path, {{"Range", "bytes=0-1"}, {"If-Range", "\"other\""}}).status
        == 200);

  CHECK(send(root, "/api/v1/attachments", "x", "a/b").status == 400); // no name
  CHECK(
    send(root, "/api/v1/attachments?name=x&type=dataset&ids=999999", "x", "a/b").status
    == 404);
  const auto empty = send(root, "/api/v1/attachments?name=empty", "", "text/plain");
  REQUIRE(empty.status == 201);
  CHECK(root.get(of("annotations", empty.document().at("id"), "/file")).status == 200);
  auto stranger = shared_server().add_user("annotations.reader");
  CHECK(stranger.get(path).status == 404);
}

TEST_CASE("annotations: tables of a dataset's images") {
  auto& root = shared_server().root();
  const auto dataset = dataset_called(root, "table");
  const auto path = of("datasets", dataset, "/table");
  const std::string text = "image,dose\nnobody.tif,1\n";
  const auto preview = send(root, path + "?preview=true", text, "text/csv");
  REQUIRE(preview.status == 200);
  CHECK(preview.document().at("counts").at("missing") == 1);
  CHECK(preview.document().at("keys") == json::array({"dose"}));
  CHECK(send(root, path, text, "text/csv").document().at("annotations").empty());
  CHECK(send(root, path, text, "text/plain").status == 400);
  CHECK(send(root, path, "image,\"", "text/csv").status == 400);
  const auto out = root.get(path);
  CHECK(out.status == 200);
  CHECK(out.header("Content-Type").starts_with("text/csv"));
  CHECK(out.body == "image id,image\r\n");
}
