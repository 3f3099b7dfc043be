// What OMERO's JSON API makes, replaces and deletes, and what it refuses.

#include "tests/support/omero_client.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

std::string omero_save_in(int64_t group) {
  return fmt::format("/api/v0/m/save/?group={}", group);
}

json new_omero_object(const std::string& kind, const std::string& name) {
  return {{"@type", omero_type(kind)}, {"Name", name}};
}

void check_omero_refusal(const answer& a, int status, const std::string& message) {
  CHECK(a.status == status);
  CHECK(a.document().at("message") == message);
  CHECK(a.header("X-OMERO-ApiVersion") == "0.2");
}

} // namespace

TEST_CASE("omero api save: each kind is made, replaced and deleted") {
  auto who = omero_newcomer("api.save.kinds", "private");
  const std::pair<const char*, const char*> kinds[]{
    {"Project", "projects"}, {"Dataset", "datasets"}, {"Screen", "screens"}};
  for (auto [kind, plural] : kinds) {
    auto body = new_omero_object(kind, "first");
    body["Description"] = "said";
    const auto made = who.omero.post(omero_save_in(who.group), body);
    CHECK(made.status == 201);
    auto object = made.document().at("data");
    CHECK(object.at("@type") == omero_type(kind));
    CHECK(object.at("Description") == "said");
    CHECK(object.at("omero:details").at("group").at("@id") == who.group);
    for (auto& [key, value] : object.items())
      CHECK_MESSAGE(!key.starts_with("url:"), key);

    const auto path =
      fmt::format("/api/v0/m/{}/{}/", plural, object.at("@id").get<int64_t>());
    object["Name"] = "second";
    object.erase("Description");
    object["url:nonsense"] = "ignored";
    const auto replaced = who.omero.put("/api/v0/m/save/", object);
    CHECK(replaced.status == 200);
    CHECK(who.omero.data(path).at("Name") == "second");
    CHECK(who.omero.data(path).value("Description", "") == "");

    const auto deleted = who.omero.remove(path);
    CHECK(deleted.status == 200);
    CHECK(deleted.document().at("data").at("Name") == "second");
    check_omero_refusal(
      who.omero.remove(path), 404,
      fmt::format("{} {} not found", kind, object.at("@id").get<int64_t>()));
  }
}

TEST_CASE("omero api save: a screen keeps what it is told of its protocol") {
  auto who = omero_newcomer("api.save.screen", "private");
  auto body = new_omero_object("Screen", "s");
  const json more{{"Type", "RNAi"},
                  {"ProtocolIdentifier", "P1"},
                  {"ProtocolDescription", "how"},
                  {"ReagentSetIdentifier", "R1"},
                  {"ReagentSetDescription", "with what"}};
  body.update(more);
  const auto screen =
    who.omero.post(omero_save_in(who.group), body).document().at("data");
  for (auto& [key, value] : more.items())
    CHECK(screen.at(key) == value);
  auto less = new_omero_object("Screen", "s");
  less["@id"] = screen.at("@id");
  const auto after = who.omero.put(omero_save_in(who.group), less).document().at("data");
  for (auto& [key, value] : more.items())
    CHECK_MESSAGE(!after.contains(key), key);
}

TEST_CASE("omero api save: children and links stay as they are") {
  auto who = omero_newcomer("api.save.children", "private");
  const int64_t project = who.own.make("/api/v1/projects", {{"name", "p"}}).at("id");
  const int64_t dataset =
    who.own.make("/api/v1/datasets", {{"name", "d"}, {"project", project}}).at("id");
  auto body = new_omero_object("Project", "renamed");
  body["@id"] = project;
  CHECK(who.omero.put(omero_save_in(who.group), body).status == 200);
  const auto inside = fmt::format("/api/v0/m/projects/{}/datasets/", project);
  CHECK(omero_ids(who.omero.data(inside)) == omero_id_list{dataset});
  CHECK(who.omero.remove(fmt::format("/api/v0/m/projects/{}/", project)).status == 200);
  CHECK(who.omero.data(fmt::format("/api/v0/m/datasets/{}/", dataset)).at("Name") == "d");
  CHECK(who.own.read("/api/v1/trash").at("total") == 1);
}

TEST_CASE("omero api save: what is wrong is said in OMERO's words") {
  auto who = omero_newcomer("api.save.refused", "private");
  auto& omero = who.omero;
  const auto path = omero_save_in(who.group);
  check_omero_refusal(omero.post(path, {{"Name", "x"}}), 400,
                      "Need to specify @type attribute");
  check_omero_refusal(omero.post(path, new_omero_object("Image", "x")), 405,
                      "Creation of Image not supported");
  check_omero_refusal(omero.put(path, new_omero_object("Image", "x")), 405,
                      "Update of Image not supported");
  check_omero_refusal(omero.post(path, {{"@type", "Project"}, {"Name", "x"}}), 405,
                      "Creation of None not supported");
  check_omero_refusal(omero.put(path, new_omero_object("Project", "x")), 400,
                      "No '@id' attribute. Use POST to create new objects");
  auto known = new_omero_object("Project", "x");
  known["@id"] = 1;
  check_omero_refusal(omero.post(path, known), 400,
                      "Object has '@id' attribute. Use PUT to update objects");
  check_omero_refusal(
    omero.post(path, {{"@type", "http://other#Project"}, {"Name", "x"}}), 400,
    "No decoder found for type: http://other#Project");
  auto odd = new_omero_object("Project", "x");
  odd["Name"] = 5;
  check_omero_refusal(omero.post(path, odd), 400,
                      "Error in decode of json data by omero_marshal");
  check_omero_refusal(omero.post("/api/v0/m/save/", new_omero_object("Project", "x")),
                      400,
                      "Specify Group in omero:details or query parameters ?group=:id");
  CHECK(omero.post(path, {{"@type", omero_type("Project")}}).status == 400);
  CHECK(omero
          .send("POST", path, "{nonsense", "application/json",
                {{"X-CSRFToken", omero.csrf()}})
          .status
        == 400);
  known["@id"] = 987654321;
  check_omero_refusal(omero.put(path, known), 404, "Project 987654321 not found");
}

TEST_CASE("omero api save: nobody writes where they may not") {
  auto who = omero_newcomer("api.save.owner", "read-annotate");
  auto mate = omero_member("api.save.mate", who.group);
  auto other = omero_newcomer("api.save.other", "private");
  CHECK(
    who.omero.post(omero_save_in(other.group), new_omero_object("Project", "x")).status
    == 403);
  const auto made =
    who.omero.post(omero_save_in(who.group), new_omero_object("Project", "x"));
  auto object = made.document().at("data");
  object["Name"] = "stolen";
  CHECK(mate.omero.put("/api/v0/m/save/", object).status == 403);
  const auto path =
    fmt::format("/api/v0/m/projects/{}/", object.at("@id").get<int64_t>());
  CHECK(mate.omero.remove(path).status == 403);
  auto& root = omero_root();
  CHECK(root.put(omero_save_in(other.group), object).status == 403);
  CHECK(who.omero.data(path).at("Name") == "x");

  const auto bare =
    who.omero.send("POST", omero_save_in(who.group), "{}", "application/json");
  CHECK(bare.status == 403);
  CHECK(bare.document().at("message").get<std::string>().starts_with("CSRF Failed: "));
}

TEST_CASE("omero api save: images, plates and wells are not deleted here, runs are") {
  auto who = omero_newcomer("api.save.plates", "private");
  const auto image = import_image(who.own, "a.png", picture_specimen{}.png());
  check_omero_refusal(who.omero.remove(fmt::format("/api/v0/m/images/{}/", image)), 405,
                      "Delete of Image not supported");
  const int64_t plate =
    who.own.make("/api/v1/plates", {{"name", "p"}, {"rows", 2}, {"columns", 2}}).at("id");
  check_omero_refusal(who.omero.remove(fmt::format("/api/v0/m/plates/{}/", plate)), 405,
                      "Delete of Plate not supported");
  const int64_t run =
    who.own.make(fmt::format("/api/v1/plates/{}/runs", plate), {{"name", "r"}}).at("id");
  const auto path = fmt::format("/api/v0/m/plateacquisitions/{}/", run);
  CHECK(who.omero.remove(path).document().at("data").at("Name") == "r");
  check_omero_refusal(who.omero.get(path), 404,
                      fmt::format("PlateAcquisition {} not found", run));
}
