// Objects renamed, described, made and taken apart by the forms of OMERO's pages.

#include "tests/support/specimens.hpp"
#include "tests/support/webclient_lab.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

webclient_lab& actions_lab() {
  static webclient_lab lab{"actions"};
  return lab;
}

json acted(omero_client& who, const std::string& path, const form& fields) {
  const auto a = who.post_form("/webclient/" + path, fields);
  REQUIRE_MESSAGE(a.status == 200, a.status << " " << a.body);
  return a.document();
}

} // namespace

TEST_CASE("webclient: objects get names and descriptions, bad is a word") {
  auto& lab = actions_lab();
  auto& who = lab.owner.omero;
  CHECK(
    acted(who, fmt::format("action/savename/image/{}/", lab.orphan), {{"name", "new"}})
    == json{{"bad", "false"}, {"o_type", "image"}});
  CHECK(lab.owner.own.read(fmt::format("/api/v1/images/{}", lab.orphan)).at("name")
        == "new");
  CHECK(acted(who, fmt::format("action/savedescription/dataset/{}/", lab.dataset),
              {{"description", "after\ntreatment"}})
        == json{{"bad", "false"}});
  CHECK(
    lab.owner.own.read(fmt::format("/api/v1/datasets/{}", lab.dataset)).at("description")
    == "after\ntreatment");
  const auto empty =
    acted(who, fmt::format("action/savename/project/{}/", lab.project), {{"name", " "}});
  CHECK(empty.at("bad") == "true");
  CHECK(empty.at("errs").at("name").get<std::string>().find("required")
        != std::string::npos);
  CHECK(
    who.post_form("/webclient/action/savename/image/99999999/", {{"name", "x"}}).status
    == 404);
  CHECK(who.post_form("/webclient/action/savename/thing/1/", {{"name", "x"}}).status
        == 404);
  auto fellow = fellow_of(lab.owner, "actions-fellow");
  CHECK(fellow
          .post_form(fmt::format("/webclient/action/savename/image/{}/", lab.orphan),
                     {{"name", "theirs"}})
          .status
        == 403);
}

TEST_CASE("webclient: containers are made where they belong") {
  auto& lab = actions_lab();
  auto& who = lab.owner.omero;
  const int64_t dataset =
    acted(who, fmt::format("action/addnewcontainer/project/{}/", lab.project),
          {{"folder_type", "dataset"},
           {"name", "day three"},
           {"description", "late"},
           {"image", std::to_string(lab.orphan)}})
      .at("id");
  const auto inside =
    who.read(fmt::format("/webclient/api/datasets/?id={}", lab.project)).at("datasets");
  CHECK(ids_in(inside) == std::vector<int64_t>{lab.dataset, dataset});
  CHECK(
    ids_in(who.read(fmt::format("/webclient/api/images/?id={}", dataset)).at("images"))
    == std::vector<int64_t>{lab.orphan});
  const int64_t set =
    acted(who, "action/addnewcontainer/", {{"folder_type", "tagset"}, {"name", "set"}})
      .at("id");
  const int64_t tag = acted(who, fmt::format("action/addnewcontainer/tagset/{}/", set),
                            {{"folder_type", "tag"}, {"name", "tag"}})
                        .at("id");
  CHECK(ids_in(who.read(fmt::format("/webclient/api/tags/?id={}", set)).at("tags"))
        == std::vector<int64_t>{tag});
  for (auto kind : {"project", "screen"})
    CHECK(
      acted(who, "action/addnewcontainer/", {{"folder_type", kind}, {"name", "one more"}})
        .at("bad")
      == "false");
  CHECK(acted(who, "action/addnewcontainer/", {{"folder_type", "project"}, {"name", ""}})
          .at("bad")
        == "true");
  CHECK(who
          .post_form("/webclient/action/addnewcontainer/",
                     {{"folder_type", "shelf"}, {"name", "x"}})
          .status
        == 400);
}

TEST_CASE("webclient: tags and images are taken off what they are on") {
  webclient_lab lab{"actions-remove"};
  auto& who = lab.owner.omero;
  const json on{{"type", "image"}, {"ids", {lab.image, lab.orphan}}};
  const int64_t tag =
    lab.owner.own
      .make("/api/v1/annotations", {{"kind", "tag"}, {"value", "x"}, {"on", on}})
      .at("id");
  CHECK(acted(who, fmt::format("action/remove/tag/{}/", tag),
              {{"parent", fmt::format("image-{}|image-{}", lab.image, lab.orphan)}})
        == json{{"bad", "false"}});
  CHECK(who.read(fmt::format("/webclient/api/annotations/?image={}", lab.image))
          .at("annotations")
          .empty());
  CHECK(lab.owner.own.get(fmt::format("/api/v1/annotations/{}", tag)).status == 200);
  CHECK(acted(who, fmt::format("action/remove/image/{}/", lab.image),
              {{"parent", fmt::format("dataset-{}", lab.dataset)}})
          .at("bad")
        == "false");
  CHECK(who.read(fmt::format("/webclient/api/images/?id={}", lab.dataset))
          .at("images")
          .empty());
  CHECK(who
          .post_form(fmt::format("/webclient/action/remove/tag/{}/", tag),
                     {{"parent", "image"}})
          .status
        == 400);
}

TEST_CASE("webclient: channels get names, also all over a dataset") {
  webclient_lab lab{"actions-channels"};
  auto& who = lab.owner.omero;
  const auto other = lab.another("more.ome.tif", 21);
  const int64_t rgb = import_image(lab.owner.own, "rgb.png", picture_specimen{}.png(),
                                   {.project = nullptr, .dataset = lab.dataset});
  auto names = [&](int64_t image) {
    std::vector<std::string> out;
    const auto details = lab.owner.own.read(fmt::format("/api/v1/images/{}", image));
    for (auto& channel : details.at("channels"))
      out.push_back(channel.at("name"));
    return out;
  };
  using words = std::vector<std::string>;
  const auto address = fmt::format("edit_channel_names/{}/", lab.image);
  CHECK(
    acted(who, address, {{"channel0", "nuclei"}, {"channel1", "actin"}, {"save", "save"}})
    == json{{"channelNames", {{"channel0", "nuclei"}, {"channel1", "actin"}}},
            {"imageCount", 1},
            {"updateCount", 1}});
  CHECK(names(lab.image) == words{"nuclei", "actin"});
  CHECK(names(other) == words{"DAPI", "GFP"});
  const auto all = acted(who, address,
                         {{"channel0", "a"},
                          {"channel1", "b"},
                          {"confirm_apply", "true"},
                          {"parentId", fmt::format("dataset-{}", lab.dataset)}});
  CHECK(all.at("imageCount") == 3);
  CHECK(all.at("updateCount") == 2); // the picture has three channels
  CHECK(names(other) == words{"a", "b"});
  CHECK(names(rgb).size() == 3);
  CHECK(names(rgb).at(0) != "a");
  CHECK(who.get("/webclient/" + address).status == 405);
  CHECK(who
          .post_form("/webclient/" + address,
                     {{"channel0", "x"}, {"channel1", "y"}, {"channel2", "z"}})
          .status
        == 400);
  auto fellow = fellow_of(lab.owner, "actions-channels-fellow");
  CHECK(fellow.post_form("/webclient/" + address, {{"channel0", "x"}}).status == 403);
  CHECK(names(lab.image) == words{"a", "b"});
}
