// Lists of OMERO's JSON API: pages, order, filters, counts, owners said once.

#include "tests/support/omero_client.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

/// Projects and datasets of somebody, made by our own API.
struct omero_shelf {
  omero_person who;

  explicit omero_shelf(const std::string& login)
    : who{omero_newcomer("api.lists." + login, "read-annotate")} {}

  int64_t project(const std::string& name) {
    return who.own.make("/api/v1/projects", {{"name", name}}).at("id");
  }
  int64_t dataset(const std::string& name, json project = nullptr) {
    return who.own.make("/api/v1/datasets", {{"name", name}, {"project", project}})
      .at("id");
  }
  omero_id_list listed(const std::string& what) {
    return omero_ids(who.omero.data("/api/v0/m/" + what));
  }
  json meta(const std::string& what) {
    return who.omero.read("/api/v0/m/" + what).at("meta");
  }
};

} // namespace

TEST_CASE("omero api lists: pages follow offset and limit, in order of lower case") {
  omero_shelf s{"paging"};
  const auto b = s.project("beta"), a = s.project("Alpha"), ten = s.project("alpha 10"),
             two = s.project("alpha 2"), same = s.project("beta");
  CHECK(s.listed("projects/") == omero_id_list{a, ten, two, b, same});
  CHECK(s.listed("projects/?limit=2") == omero_id_list{a, ten});
  CHECK(s.listed("projects/?limit=2&offset=3") == omero_id_list{b, same});
  CHECK(s.listed("projects/?limit=2&offset=-7") == omero_id_list{a, ten});
  CHECK(s.listed("projects/?limit=-1&offset=4") == omero_id_list{same});
  CHECK(s.listed("projects?limit=1") == omero_id_list{a});
  CHECK(s.meta("projects/?limit=2&offset=3")
        == json{{"offset", 3}, {"limit", 2}, {"maxLimit", 500}, {"totalCount", 5}});
  CHECK(s.meta("projects/?offset=90").at("totalCount") == 5);
  CHECK(s.meta("projects/?limit=9000").at("limit") == 500);
  CHECK(s.meta("projects/?limit=0")
        == json{{"offset", 0}, {"limit", 0}, {"maxLimit", 500}, {"totalCount", 5}});
  CHECK(s.listed("projects/?limit=0").empty());
  CHECK(s.listed("projects/?page=2&name=beta").size() == 5);
}

TEST_CASE("omero api lists: a number that is none is named, without a trace") {
  omero_shelf s{"numbers"};
  for (auto name : {"offset", "limit", "owner"}) {
    const auto a = s.who.omero.get(fmt::format("/api/v0/m/projects/?{}=foo", name));
    CHECK(a.status == 400);
    CHECK(a.document()
          == json{{"message", "invalid literal for int() with base 10: 'foo'"}});
    CHECK(a.header("X-OMERO-ApiVersion") == "0.2");
  }
  CHECK(s.who.omero.get("/api/v0/m/datasets/?project=x").status == 400);
  CHECK(s.who.omero.get("/api/v0/m/datasets/?group=x").status == 400);
}

TEST_CASE("omero api lists: projects, datasets and images choose each other") {
  omero_shelf s{"filters"};
  const auto p = s.project("p"), q = s.project("q");
  const auto d = s.dataset("d", p), lone = s.dataset("lone");
  const auto image =
    import_image(s.who.own, "a.png", picture_specimen{}.png(), {.dataset = d});
  const auto loose = import_image(s.who.own, "b.png", picture_specimen{}.png());

  CHECK(s.listed(fmt::format("projects/{}/datasets/", p)) == omero_id_list{d});
  CHECK(s.listed(fmt::format("projects/{}/datasets/?project={}", p, q))
        == omero_id_list{d});
  CHECK(s.listed(fmt::format("projects/{}/datasets/", q)).empty());
  CHECK(s.listed(fmt::format("datasets/?project={}", p)) == omero_id_list{d});
  CHECK(s.listed(fmt::format("datasets/?image={}", image)) == omero_id_list{d});
  CHECK(s.listed(fmt::format("images/{}/datasets/", image)) == omero_id_list{d});
  CHECK(s.listed(fmt::format("datasets/{}/projects/", d)) == omero_id_list{p});
  CHECK(s.listed(fmt::format("projects/?dataset={}", lone)).empty());
  CHECK(s.listed(fmt::format("datasets/{}/images/", d)) == omero_id_list{image});
  CHECK(s.listed(fmt::format("images/?dataset={}", lone)).empty());
  CHECK(s.listed("datasets/?orphaned=true") == omero_id_list{lone});
  CHECK(s.listed("images/?orphaned=true") == omero_id_list{loose});
  CHECK(s.listed("images/?orphaned=1") == omero_id_list{image, loose});
  CHECK(s.listed("projects/?orphaned=true") == omero_id_list{p, q});
  CHECK(s.listed("projects/987654321/datasets/").empty());
}

TEST_CASE("omero api lists: children are counted when they are asked for") {
  omero_shelf s{"children"};
  const auto p = s.project("p");
  const auto d = s.dataset("d", p);
  s.dataset("e", p);
  import_image(s.who.own, "a.png", picture_specimen{}.png(), {.dataset = d});
  const auto projects = s.who.omero.data("/api/v0/m/projects/?childCount=true");
  CHECK(projects.at(0).at("omero:childCount") == 2);
  const auto datasets = s.who.omero.data("/api/v0/m/datasets/?childCount=true");
  CHECK(datasets.at(0).at("omero:childCount") == 1);
  CHECK(datasets.at(1).at("omero:childCount") == 0);
  CHECK(!s.who.omero.data("/api/v0/m/projects/").at(0).contains("omero:childCount"));
  CHECK(!s.who.omero.data("/api/v0/m/projects/?childCount=1")
           .at(0)
           .contains("omero:childCount"));
  CHECK(!s.who.omero.data("/api/v0/m/images/?childCount=true")
           .at(0)
           .contains("omero:childCount"));
  CHECK(s.who.omero.data(fmt::format("/api/v0/m/projects/{}?childCount=true", p))
          .at("omero:childCount")
        == 2);
}

TEST_CASE("omero api lists: by owner and group; -1 is every group but no owner") {
  omero_shelf s{"owners"};
  auto mate = omero_member("api.lists.mate", s.who.group);
  const auto mine = s.project("mine");
  const int64_t theirs = mate.own.make("/api/v1/projects", {{"name", "theirs"}}).at("id");
  CHECK(s.listed("projects/") == omero_id_list{mine, theirs});
  CHECK(s.listed(fmt::format("projects/?owner={}", mate.id)) == omero_id_list{theirs});
  CHECK(s.listed("projects/?owner=-1").empty());
  CHECK(s.listed(fmt::format("projects/?group={}", s.who.group))
        == omero_id_list{mine, theirs});
  CHECK(s.listed("projects/?group=-1") == omero_id_list{mine, theirs});
  const auto foreign =
    s.who.omero.get(fmt::format("/api/v0/m/projects/?group={}", 987654321));
  CHECK(foreign.status >= 400);
  CHECK(foreign.status < 500);
}

TEST_CASE("omero api lists: an object tells whose it is and what may be done with it") {
  omero_shelf s{"details"};
  auto mate = omero_member("api.lists.reader", s.who.group);
  const auto id = s.project("p");
  const auto seen = mate.omero.data(fmt::format("/api/v0/m/projects/{}/", id));
  CHECK(seen.at("@id") == id);
  CHECK(seen.at("@type") == omero_type("Project"));
  CHECK(seen.at("Name") == "p");
  const auto details = seen.at("omero:details");
  CHECK(details.at("@type") == "TBD#Details");
  CHECK(details.at("owner").at("@id") == s.who.id);
  CHECK(details.at("owner").at("@type") == omero_type("Experimenter"));
  CHECK(details.at("owner").at("UserName") == "api.lists.details");
  CHECK(details.at("owner").at("omero:details").at("permissions").at("perm") == "------");
  CHECK(details.at("group").at("@id") == s.who.group);
  CHECK(details.at("group").at("Name") == "api.lists.details lab");
  CHECK(details.at("group").at("omero:details").at("permissions").at("isGroupAnnotate")
        == true);
  CHECK(details.at("permissions")
        == json{{"@type", "TBD#Permissions"},
                {"perm", "rwra--"},
                {"canAnnotate", true},
                {"canDelete", false},
                {"canEdit", false},
                {"canLink", false},
                {"isWorldWrite", false},
                {"isWorldRead", false},
                {"isGroupWrite", false},
                {"isGroupRead", true},
                {"isGroupAnnotate", true},
                {"isUserWrite", true},
                {"isUserRead", true}});
  const auto own = s.who.omero.data(fmt::format("/api/v0/m/projects/{}/", id));
  for (auto right : {"canAnnotate", "canDelete", "canEdit", "canLink"})
    CHECK(own.at("omero:details").at("permissions").at(right) == true);
}

TEST_CASE("omero api lists: levels of groups are letters") {
  const std::pair<const char*, const char*> levels[]{{"private", "rw----"},
                                                     {"read-only", "rwr---"},
                                                     {"read-annotate", "rwra--"},
                                                     {"read-write", "rwrw--"}};
  for (auto [level, perm] : levels) {
    auto who = omero_newcomer(std::string{"api.lists."} + level, level);
    who.own.make("/api/v1/projects", {{"name", "p"}});
    const auto listed = who.omero.data("/api/v0/m/projects/");
    CHECK(listed.at(0).at("omero:details").at("permissions").at("perm") == perm);
  }
}

TEST_CASE("omero api lists: normalize says owners and groups once") {
  omero_shelf s{"normalize"};
  auto mate = omero_member("api.lists.second", s.who.group);
  s.project("a");
  s.project("b");
  mate.own.make("/api/v1/projects", {{"name", "c"}});
  const auto answer = s.who.omero.read("/api/v0/m/projects/?normalize=true");
  CHECK(omero_ids(answer.at("experimenters")) == omero_id_list{s.who.id, mate.id});
  CHECK(answer.at("experimenters").at(0).at("UserName") == "api.lists.normalize");
  CHECK(omero_ids(answer.at("experimenterGroups")) == omero_id_list{s.who.group});
  const auto list = answer.at("data");
  CHECK(list.at(0).at("omero:details").at("owner") == json{{"@id", s.who.id}});
  CHECK(list.at(2).at("omero:details").at("owner") == json{{"@id", mate.id}});
  CHECK(list.at(0).at("omero:details").at("group") == json{{"@id", s.who.group}});
  CHECK(list.at(0).at("omero:details").at("permissions").at("canEdit") == true);
  CHECK(!s.who.omero.read("/api/v0/m/projects/").contains("experimenters"));
  CHECK(s.who.omero.get("/api/v0/m/experimenters/?normalize=true").status == 200);
  CHECK(s.who.omero.get("/api/v0/m/experimentergroups/?normalize=true").status == 200);
}

TEST_CASE("omero api lists: objects carry links that can be followed") {
  omero_shelf s{"links"};
  const auto p = s.project("p");
  const auto d = s.dataset("d", p);
  const auto base = shared_server().url() + "/api/v0/m/";
  const auto listed = s.who.omero.data("/api/v0/m/datasets/").at(0);
  CHECK(listed.at("url:dataset") == fmt::format("{}datasets/{}/", base, d));
  CHECK(listed.at("url:images") == fmt::format("{}datasets/{}/images/", base, d));
  CHECK(listed.at("url:projects") == fmt::format("{}datasets/{}/projects/", base, d));
  const auto single = s.who.omero.data(fmt::format("/api/v0/m/datasets/{}/", d));
  CHECK(!single.contains("url:dataset"));
  CHECK(single.at("url:projects") == listed.at("url:projects"));
  const auto project = s.who.omero.data("/api/v0/m/projects/").at(0);
  CHECK(project.at("url:project") == fmt::format("{}projects/{}/", base, p));
  CHECK(project.at("url:datasets") == fmt::format("{}projects/{}/datasets/", base, p));
  const auto answer = s.who.omero.send("GET", "/api/v0/m/projects/", "", "",
                                       {{"Host", "omero.example.org"}});
  CHECK(answer.document()
          .at("data")
          .at(0)
          .at("url:project")
          .get<std::string>()
          .starts_with("http://omero.example.org/api/v0/m/projects/"));
}

TEST_CASE("omero api lists: what is missing, hidden or not for that is refused") {
  omero_shelf s{"refused"};
  auto stranger = omero_newcomer("api.lists.stranger", "private");
  const auto id = s.project("p");
  const auto hidden = stranger.omero.get(fmt::format("/api/v0/m/projects/{}/", id));
  CHECK(hidden.status == 404);
  CHECK(hidden.document().at("message") == fmt::format("Project {} not found", id));
  CHECK(hidden.document().contains("stacktrace"));
  CHECK(hidden.header("X-OMERO-ApiVersion") == "0.2");
  CHECK(stranger.omero.get("/api/v0/m/rois/987654321/").document().at("message")
        == "Roi 987654321 not found");
  CHECK(stranger.omero.data("/api/v0/m/projects/").empty());

  CHECK(s.who.omero.post("/api/v0/m/projects/", json::object()).status == 405);
  CHECK(s.who.omero.put(fmt::format("/api/v0/m/projects/{}/", id), json::object()).status
        == 405);
  const auto nobody = omero_client{shared_server().url()}.get("/api/v0/m/projects/");
  CHECK(nobody.status == 403);
  CHECK(nobody.document() == json{{"message", "Not logged in"}});
  CHECK(!nobody.has("X-OMERO-ApiVersion"));
}
