// Experimenters and their groups in OMERO's JSON API.

#include "tests/support/omero_client.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

bool omero_list_holds(const omero_id_list& list, int64_t id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

} // namespace

TEST_CASE("omero api people: an experimenter's groups and a group's experimenters") {
  auto who = omero_newcomer("api.people.ada", "read-only");
  auto mate = omero_member("api.people.ben", who.group);
  auto data = [&](const std::string& what) {
    return who.omero.data("/api/v0/m/" + what);
  };
  const auto groups = data(fmt::format("experimenters/{}/experimentergroups/", who.id));
  CHECK(omero_list_holds(omero_ids(groups), who.group));
  CHECK(data(fmt::format("experimentergroups/?experimenter={}", mate.id)).size()
        == groups.size());
  const auto members =
    data(fmt::format("experimentergroups/{}/experimenters/", who.group));
  CHECK(omero_ids(members) == omero_id_list{who.id, mate.id});
  CHECK(omero_ids(data(fmt::format("experimenters/?experimentergroup={}", who.group)))
        == omero_id_list{who.id, mate.id});
  const auto base = shared_server().url() + "/api/v0/m/";
  CHECK(members.at(0).at("@type") == omero_type("Experimenter"));
  CHECK(members.at(0).at("UserName") == "api.people.ada");
  CHECK(members.at(0).at("url:experimenter")
        == fmt::format("{}experimenters/{}/", base, who.id));
  CHECK(members.at(0).at("url:experimentergroups")
        == fmt::format("{}experimenters/{}/experimentergroups/", base, who.id));
  const auto group =
    data(fmt::format("experimentergroups/{}/?childCount=true", who.group));
  CHECK(group.at("Name") == "api.people.ada lab");
  CHECK(group.at("omero:childCount") == 2);
  CHECK(group.at("omero:details").at("permissions").at("perm") == "rwr---");
  CHECK(group.at("omero:details").at("permissions").at("isGroupRead") == true);
  CHECK(group.at("url:experimenters")
        == fmt::format("{}experimentergroups/{}/experimenters/", base, who.group));
}

TEST_CASE("omero api people: lists are ordered by last, then first names") {
  auto who = omero_newcomer("api.people.sorter", "private");
  auto& root = shared_server().root();
  omero_id_list made;
  const std::pair<const char*, const char*> names[]{
    {"Zoe", "adams"}, {"Amy", "Baker"}, {"bob", "Adams"}};
  for (auto [first, last] : names)
    made.push_back(
      root
        .make("/api/v1/accounts", {{"login", fmt::format("api.people.{}", first)},
                                   {"password", running_server::password},
                                   {"firstName", first},
                                   {"lastName", last},
                                   {"email", "a@example.org"},
                                   {"group", who.group}})
        .at("id"));
  const auto path = fmt::format(
    "/api/v0/m/experimentergroups/{}/experimenters/?limit=3&offset=1", who.group);
  const auto page = who.omero.read(path);
  CHECK(omero_ids(page.at("data")) == omero_id_list{made[2], made[0], made[1]});
  CHECK(page.at("meta").at("totalCount") == 4);
  CHECK(page.at("data").at(0).at("FirstName") == "bob");
  CHECK(!page.at("data").at(0).contains("Email"));
  CHECK(omero_root().data(fmt::format("/api/v0/m/experimenters/{}/", made[0])).at("Email")
        == "a@example.org");
}

TEST_CASE("omero api people: groups of others are not seen, nobody is deleted here") {
  auto who = omero_newcomer("api.people.guest", "private");
  auto other = omero_newcomer("api.people.other", "private");
  const auto all = omero_ids(who.omero.data("/api/v0/m/experimentergroups/"));
  CHECK(omero_list_holds(all, who.group));
  CHECK(!omero_list_holds(all, other.group));
  CHECK(omero_list_holds(
    omero_ids(omero_root().data("/api/v0/m/experimentergroups/?limit=500")),
    other.group));
  const auto hidden =
    who.omero.get(fmt::format("/api/v0/m/experimentergroups/{}/", other.group));
  CHECK(hidden.status == 404);
  CHECK(hidden.document().at("message")
        == fmt::format("ExperimenterGroup {} not found", other.group));
  CHECK(
    who.omero
      .data(fmt::format("/api/v0/m/experimentergroups/{}/experimenters/", other.group))
      .empty());
  const auto refusal =
    omero_root().remove(fmt::format("/api/v0/m/experimenters/{}/", who.id));
  CHECK(refusal.status == 405);
  CHECK(refusal.document().at("message") == "Delete of Experimenter not supported");
}
