// OMERO's tree: what it tells of people, containers and images, and where things are.

#include "tests/support/specimens.hpp"
#include "tests/support/webclient_lab.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

webclient_lab& tree_lab() {
  static webclient_lab lab{"tree"};
  return lab;
}

json tree_of(omero_client& who, const std::string& path) {
  return who.read("/webclient/api/" + path);
}

using ids = std::vector<int64_t>;

} // namespace

TEST_CASE("webclient: the tree's top has projects, lone datasets and screens") {
  auto& lab = tree_lab();
  const auto top =
    tree_of(lab.owner.omero, fmt::format("containers/?id={}", lab.owner.id));
  REQUIRE(top.at("projects").size() == 1);
  CHECK(top.at("projects").at(0)
        == json{{"id", lab.project},
                {"name", "study"},
                {"ownerId", lab.owner.id},
                {"childCount", 1},
                {"permsCss", "canEdit canAnnotate canLink canDelete canChgrp isOwned"}});
  CHECK(top.at("datasets").empty());
  CHECK(ids_in(top.at("screens")) == ids{lab.screen});
  CHECK(top.at("screens").at(0).at("childCount") == 1);
  CHECK(top.at("plates").empty());
  CHECK(top.at("orphaned")
        == json{{"id", lab.owner.id}, {"childCount", 1}, {"name", "Orphaned Images"}});
}

TEST_CASE("webclient: -1 is everybody, a foreign group is refused in words") {
  auto& lab = tree_lab();
  auto fellow = fellow_of(lab.owner, "tree-fellow");
  const auto mine = tree_of(
    fellow, fmt::format("containers/?id={}", fellow.event_context.at("userId").dump()));
  CHECK(mine.at("projects").empty());
  CHECK(mine.at("orphaned").at("childCount") == 0);
  const auto all = tree_of(fellow, "containers/?id=-1&group=-1");
  CHECK(ids_in(all.at("projects")) == ids{lab.project});
  CHECK(all.at("projects").at(0).at("permsCss") == "canAnnotate");
  CHECK(all.at("orphaned").at("id") == -1);
  CHECK(all.at("orphaned").at("childCount") == 1);

  const auto stranger = omero_newcomer("tree-stranger", "private");
  const auto refused =
    fellow.get(fmt::format("/webclient/api/containers/?group={}", stranger.group));
  CHECK(refused.status == 403);
  CHECK(refused.body == fmt::format("Not a member of Group: {}", stranger.group));
  CHECK(refused.header("Content-Type").starts_with("text/plain"));
}

TEST_CASE("webclient: id is a project, a dataset, a screen or a plate by the URL") {
  auto& lab = tree_lab();
  auto& who = lab.owner.omero;
  const auto datasets = tree_of(who, fmt::format("datasets/?id={}", lab.project));
  REQUIRE(ids_in(datasets.at("datasets")) == ids{lab.dataset});
  CHECK(datasets.at("datasets").at(0).at("name") == "day one");
  CHECK(datasets.at("datasets").at(0).at("childCount") == 1);
  CHECK(ids_in(tree_of(who, fmt::format("images/?id={}", lab.dataset)).at("images"))
        == ids{lab.image});
  const auto plates = tree_of(who, fmt::format("plates/?id={}", lab.screen)).at("plates");
  REQUIRE(ids_in(plates) == ids{lab.plate});
  CHECK(plates.at(0).at("childCount") == 1); // runs
  const auto runs =
    tree_of(who, fmt::format("plate_acquisitions/?id={}", lab.plate)).at("acquisitions");
  REQUIRE(ids_in(runs) == ids{lab.run});
  CHECK(runs.at(0).at("name") == "first");
  CHECK(runs.at(0).at("ownerId") == lab.owner.id);
  CHECK(who.get("/webclient/api/plate_acquisitions/").status == 400);
  const auto wrong = who.get("/webclient/api/images/?id=seven");
  CHECK(wrong.status == 400);
  CHECK(wrong.body.find("seven") != std::string::npos);
}

TEST_CASE("webclient: runs of a plate come in order of their numbers, page by page") {
  auto& lab = tree_lab();
  const int64_t run =
    lab.owner.own
      .make(fmt::format("/api/v1/plates/{}/runs", lab.plate), {{"name", "another"}})
      .at("id");
  const auto runs =
    tree_of(lab.owner.omero, fmt::format("plate_acquisitions/?id={}", lab.plate))
      .at("acquisitions");
  CHECK(runs.back().at("id") == run);
  CHECK(runs.back().at("name") == "another");
  CHECK(ids_in(tree_of(lab.owner.omero,
                       fmt::format("plate_acquisitions/?id={}&page=2&limit=1", lab.plate))
                 .at("acquisitions"))
        == ids{run});
}

TEST_CASE("webclient: images tell sizes and ISO dates when they are asked") {
  auto& lab = tree_lab();
  const auto plain = tree_of(lab.owner.omero, fmt::format("images/?id={}", lab.dataset))
                       .at("images")
                       .at(0);
  CHECK(plain.at("name") == "cells.ome.tif");
  CHECK(plain.at("archived") == false);
  CHECK(plain.at("filesetId").is_number());
  CHECK_FALSE(plain.contains("sizeX"));
  CHECK_FALSE(plain.contains("date"));
  const auto full =
    tree_of(lab.owner.omero,
            fmt::format("images/?id={}&sizeXYZ=true&date=on&thumbVersion=1", lab.dataset))
      .at("images")
      .at(0);
  CHECK(full.at("sizeX") == stack::width);
  CHECK(full.at("sizeY") == stack::height);
  CHECK(full.at("sizeZ") == stack::sections);
  CHECK(full.at("sizeT") == stack::times);
  CHECK(full.at("thumbVersion").is_number());
  const std::string date = full.at("date");
  CHECK(date.size() == std::string{"2024-05-01T12:00:00+00:00"}.size());
  CHECK(date.at(10) == 'T');
  CHECK(date.ends_with("+00:00"));
}

TEST_CASE("webclient: an orphan is in no dataset and no well") {
  auto& lab = tree_lab();
  auto& who = lab.owner.omero;
  auto orphans = [&](const std::string& more) {
    return ids_in(tree_of(who, "images/?orphaned=true" + more).at("images"));
  };
  CHECK(orphans("") == ids{lab.orphan});
  CHECK(orphans(fmt::format("&experimenter_id={}", lab.owner.id)) == ids{lab.orphan});
  CHECK(orphans("&experimenter_id=-1") == ids{lab.orphan});
  CHECK(orphans("&experimenter_id=999999").empty());
}

TEST_CASE("webclient: pages count from 1, page 0 is everything, by lower case and id") {
  webclient_lab lab{"tree-pages"};
  lab.another("Zebra.ome.tif", 11);
  lab.another("apple.ome.tif", 12);
  lab.another("Bee.ome.tif", 13);
  auto names = [&](const std::string& more) {
    std::vector<std::string> out;
    const auto found =
      tree_of(lab.owner.omero, fmt::format("images/?id={}{}", lab.dataset, more));
    for (auto& i : found.at("images"))
      out.push_back(i.at("name"));
    return out;
  };
  using words = std::vector<std::string>;
  CHECK(names("&limit=2") == words{"apple.ome.tif", "Bee.ome.tif"});
  CHECK(names("&limit=2&page=2") == words{"cells.ome.tif", "Zebra.ome.tif"});
  CHECK(names("&limit=2&page=3").empty());
  CHECK(names("&limit=2&page=0").size() == 4);
  CHECK(lab.owner.omero.get("/webclient/api/images/?page=-1").status == 400);
  const auto path =
    tree_of(lab.owner.omero,
            fmt::format("paths_to_object/?image={}&page_size=2", lab.image))
      .at("paths")
      .at(0);
  CHECK(path.at(2)
        == json{{"type", "dataset"},
                {"id", lab.dataset},
                {"childCount", 4},
                {"childIndex", 2},
                {"childPage", 2}});
}

TEST_CASE("webclient: groups and people are those one works with") {
  auto& lab = tree_lab();
  auto& who = lab.owner.omero;
  const auto groups = tree_of(who, "groups/").at("groups");
  REQUIRE(groups.size() == 1);
  CHECK(groups.at(0)
        == json{{"id", lab.owner.group}, {"name", "tree lab"}, {"perm", "rwra--"}});
  CHECK(tree_of(who, fmt::format("groups/?member={}", lab.owner.id)).at("groups").size()
        == 1);
  CHECK(
    tree_of(who, fmt::format("experimenters/{}/", lab.owner.id)).at("experimenter")
    == json{
      {"id", lab.owner.id}, {"omeName", "tree"}, {"firstName", ""}, {"lastName", ""}});
  CHECK(tree_of(who, "experimenters/-1/").at("experimenter").at("id") == -1);
  const auto stranger = omero_newcomer("tree-nobody", "private");
  CHECK(who.get(fmt::format("/webclient/api/experimenters/{}/", stranger.id)).status
        == 404);
  CHECK(
    omero_root().get(fmt::format("/webclient/api/experimenters/{}/", stranger.id)).status
    == 200);
}

TEST_CASE("webclient: every way to an object begins with whose the top is") {
  auto& lab = tree_lab();
  auto paths = [&](const std::string& query) {
    return tree_of(lab.owner.omero, "paths_to_object/?" + query).at("paths");
  };
  const json person{{"type", "experimenter"}, {"id", lab.owner.id}};
  const json study{{"type", "project"}, {"id", lab.project}};
  const json image{{"type", "image"}, {"id", lab.image}};
  const auto to_image = paths(fmt::format("image={}", lab.image));
  REQUIRE(to_image.size() == 1);
  CHECK(to_image.at(0)
        == json::array({person,
                        study,
                        {{"type", "dataset"}, {"id", lab.dataset}, {"childCount", 1}},
                        image}));
  CHECK(paths(fmt::format("image={}&project={}", lab.image, lab.project)).size() == 1);
  CHECK(paths(fmt::format("image={}&project=999999", lab.image)).empty());
  CHECK(paths(fmt::format("project={}", lab.project))
        == json::array({json::array({person, study})}));
  const auto alone = paths(fmt::format("image={}", lab.orphan)).at(0);
  CHECK(alone.at(1).at("type") == "orphaned");
  CHECK(alone.at(1).at("id") == lab.owner.id);
  const auto in_well = paths(fmt::format("image={}", lab.field)).at(0);
  std::vector<std::string> types;
  for (auto& step : in_well)
    types.push_back(step.at("type"));
  CHECK(types
        == std::vector<std::string>{"experimenter", "screen", "plate", "acquisition",
                                    "well", "wellsample", "image"});
  CHECK(in_well.at(4).at("id") == lab.well);
  CHECK(paths(fmt::format("well={}", lab.well)).at(0).back()
        == json{{"type", "well"}, {"id", lab.well}});
  const auto by_run = paths(fmt::format("run={}", lab.run));
  CHECK(by_run.at(0).back() == json{{"type", "acquisition"}, {"id", lab.run}});
  CHECK(by_run == paths(fmt::format("acquisition={}", lab.run)));
  CHECK(paths(fmt::format("experimenter={}", lab.owner.id))
        == json::array({json::array({person})}));
  CHECK(paths("image=999999999").empty());
  CHECK(paths("").empty());
}

TEST_CASE("webclient: tags tell what carries them, sets what is in them") {
  webclient_lab lab{"tree-tags"};
  auto& who = lab.owner.omero;
  auto tag = [&](const json& body) {
    return lab.owner.own.make("/api/v1/annotations", body).at("id").get<int64_t>();
  };
  const auto inside =
    tag({{"kind", "tag"},
         {"value", "good"},
         {"description", "of use"},
         {"on", {{"type", "image"}, {"ids", {lab.image, lab.orphan}}}}});
  const auto alone = tag(
    {{"kind", "tag"}, {"value", "bad"}, {"on", {{"type", "well"}, {"ids", {lab.well}}}}});
  const auto set = tag({{"kind", "tag"},
                        {"value", "quality"},
                        {"namespace", "openmicroscopy.org/omero/insight/tagset"}});
  const json link{{"tagset", {{std::to_string(set), {{"tag", {inside}}}}}}};
  CHECK(who.post("/webclient/api/links/", link).document() == json{{"success", true}});

  const auto all = tree_of(who, "tags/").at("tags");
  REQUIRE(ids_in(all) == ids{inside, alone, set});
  CHECK(all.at(0)
        == json{{"id", inside},
                {"value", "good"},
                {"description", "of use"},
                {"ownerId", lab.owner.id},
                {"set", false},
                {"childCount", 2},
                {"permsCss", "canEdit canAnnotate canLink canDelete canChgrp isOwned"}});
  CHECK(all.at(2).at("set") == true);
  CHECK(all.at(2).at("childCount") == 1);
  CHECK(ids_in(tree_of(who, "tags/?orphaned=true").at("tags")) == ids{alone, set});
  CHECK(ids_in(tree_of(who, fmt::format("tags/?id={}", set)).at("tags")) == ids{inside});
  const auto on = tree_of(who, fmt::format("tags/?id={}&page=0", inside));
  CHECK(ids_in(on.at("images")).size() == 2);
  CHECK(on.at("wells").empty());
  const auto wells = tree_of(who, fmt::format("tags/?id={}", alone)).at("wells");
  REQUIRE(ids_in(wells) == ids{lab.well});
  CHECK(wells.at(0).at("name") == "B1");

  const auto path =
    tree_of(who, fmt::format("paths_to_object/?tag={}", inside)).at("paths").at(0);
  CHECK(path.at(1) == json{{"type", "tagset"}, {"id", set}});
  CHECK(path.at(2) == json{{"type", "tag"}, {"id", inside}});

  CHECK(who.remove(fmt::format("/webclient/api/tags/?id={}&id={}", alone, set)).status
        == 200);
  CHECK(ids_in(tree_of(who, "tags/").at("tags")) == ids{inside});
}

TEST_CASE("webclient: links are made, told and removed") {
  webclient_lab lab{"tree-links"};
  auto& who = lab.owner.omero;
  const int64_t other =
    lab.owner.own.make("/api/v1/datasets", {{"name", "day two"}}).at("id");
  auto in_dataset = [](int64_t dataset, const ids& images) {
    return json{{"dataset", {{std::to_string(dataset), {{"image", images}}}}}};
  };
  CHECK(who.post("/webclient/api/links/", in_dataset(other, {lab.image, lab.orphan}))
          .document()
        == json{{"success", true}});
  CHECK(who.post("/webclient/api/links/", in_dataset(other, {lab.image})).document()
        == json{{"success", true}}); // it is there already
  CHECK(who.post("/webclient/api/links/", json::object()).document()
        == json{{"success", false}});
  const auto missing =
    who.post("/webclient/api/links/", in_dataset(99999999, {lab.image}));
  CHECK(missing.status == 404);
  CHECK(missing.document().at("error").get<std::string>().find("99999999")
        != std::string::npos);

  const auto links = tree_of(who, fmt::format("parent_links/?image={},{}&dataset={}",
                                              lab.image, lab.orphan, lab.dataset))
                       .at("data");
  REQUIRE(links.size() == 4);
  CHECK(links.at(0).at("id").is_number_integer());
  CHECK(links.at(0).at("id") != links.at(1).at("id"));
  CHECK(links.at(0).at("parent") == json{{"type", "dataset"}, {"id", lab.dataset}});
  CHECK(links.at(0).at("child") == json{{"type", "image"}, {"id", lab.image}});
  CHECK(links.at(3).at("parent") == json{{"type", "project"}, {"id", lab.project}});

  const auto left =
    remove_json(who, "/webclient/api/links/", in_dataset(other, {lab.image}));
  CHECK(left.document()
        == json{{"success", true},
                {"dataset", {{std::to_string(lab.dataset), {{"image", {lab.image}}}}}}});
  CHECK(remove_json(who, "/webclient/api/links/", in_dataset(other, {lab.image})).status
        == 404);
  const auto wrong = who.get("/webclient/api/links/");
  CHECK(wrong.status == 405);
  CHECK(wrong.document().contains("Error"));
  auto fellow = fellow_of(lab.owner, "tree-links-fellow");
  CHECK(fellow.post("/webclient/api/links/", in_dataset(other, {lab.image})).status
        == 403);
}

TEST_CASE("webclient: the old shares are empty") {
  auto& who = tree_lab().owner.omero;
  CHECK(tree_of(who, "shares/")
        == json{{"shares", json::array()}, {"discussions", json::array()}});
  CHECK(tree_of(who, "share_images/3/") == json{{"images", json::array()}});
}
