// The matrix of rights through the web: every actor does everything to the owner's things
// and to their own, at every level of a group.

#include "tests/support/rights_table.hpp"
#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace troupe;
using namespace troupe::test;

namespace {

constexpr std::array level_names{"private", "read-only", "read-annotate", "read-write"};

std::string rights_path(const std::string& kind, int64_t id,
                        const std::string& rest = "") {
  return fmt::format("/api/v1/{}s/{}{}", kind, id, rest);
}

bool belongs(role r) {
  return r != role::stranger && !is_admin(r);
}

/// Four groups, one of each level, with the same people in them.
struct town {
  running_server& server = shared_server();
  std::map<role, int64_t> accounts;
  std::map<role, api> who;
  std::array<int64_t, 4> groups{};
  int64_t elsewhere = 0; ///< where things are moved to: everybody is in it

  town() {
    auto& root = server.root();
    elsewhere = root
                  .make("/api/v1/groups",
                        {{"name", "rights elsewhere"}, {"level", "read-annotate"}})
                  .at("id");
    for (int level = 0; level < 4; ++level)
      groups[level] =
        root
          .make("/api/v1/groups", {{"name", fmt::format("rights {}", level)},
                                   {"level", level_names[level]}})
          .at("id");
    for (auto r : roles)
      move_in(r);
  }

  static town& the() {
    static town t;
    return t;
  }

  void move_in(role r) {
    auto& root = server.root();
    const auto login = std::string{"rights."} + role_names[static_cast<size_t>(r)];
    json words{{"login", login},
               {"password", running_server::password},
               {"group", elsewhere},
               {"admin", is_admin(r)}};
    if (is_admin(r))
      words["privileges"] = names_of(privileges_of(r));
    accounts[r] = root.make("/api/v1/accounts", words).at("id");
    for (const auto group : groups)
      if (belongs(r))
        REQUIRE(
          root
            .put(rights_path("group", group, fmt::format("/members/{}", accounts[r])),
                 {{"leader", r == role::leader}})
            .status
          == 200);
    if (r == role::reader)
      REQUIRE(root.change(rights_path("account", accounts[r]), {{"reader", true}}).status
              == 200);
    who.emplace(r, server.signed_in(login));
  }

  static json names_of(int32_t held) {
    const std::map<int32_t, const char*> names{
      {static_cast<int32_t>(privilege::write_owned), "writeOwned"},
      {static_cast<int32_t>(privilege::delete_owned), "deleteOwned"},
      {static_cast<int32_t>(privilege::move), "move"},
      {static_cast<int32_t>(privilege::give), "give"}};
    if (held == all_privileges)
      return shared_server().root().read("/api/v1/session").at("privileges");
    auto out = json::array();
    for (auto& [bit, name] : names)
      if (held & bit)
        out.push_back(name);
    return out;
  }
};

/// An image in a dataset beside another dataset, all of one person.
struct estate {
  int64_t image = 0, dataset = 0, shelf = 0;

  estate(api& owner, int64_t group) {
    const auto in_group = fmt::format("?group={}", group);
    shelf = owner.make("/api/v1/projects" + in_group, {{"name", "shelf"}}).at("id");
    dataset = owner.make("/api/v1/datasets" + in_group, {{"name", "things"}}).at("id");
    image = import_image(owner, "thing.png", picture_specimen{}.png(),
                         {.dataset = dataset, .group = group});
  }
};

/// Whether it was done, wholly; anything but a refusal is a failure of the test.
bool was_done(const answer& a) {
  CAPTURE(a.status);
  CAPTURE(a.body);
  if (a.status == 404 || a.status == 403)
    return false;
  REQUIRE(a.status < 300);
  if (a.body.empty() || a.body[0] != '{')
    return true;
  const auto said = a.document();
  for (const auto* list : {"refused", "blocked"})
    if (said.contains(list) && !said.at(list).empty())
      return false;
  return true;
}

bool pictures_show(api& who, const estate& t) {
  const auto shown =
    was_done(who.get(rights_path("image", t.image, "/thumbnail?size=32")));
  for (const auto* what :
       {"/originals/0", "/tile?level=0&x=0&y=0&z=0&t=0", "/ome.xml", "/rois"}) {
    CAPTURE(what);
    CHECK(was_done(who.get(rights_path("image", t.image, what))) == shown);
  }
  CHECK(was_done(who.get(rights_path("dataset", t.dataset))) == shown);
  return shown;
}

bool takes_notes(api& who, const estate& t) {
  const json on{{"type", "image"}, {"ids", {t.image}}};
  const auto noted = was_done(who.post(
    "/api/v1/annotations", {{"kind", "comment"}, {"value", "seen"}, {"on", on}}));
  const json point{{"kind", "point"}, {"geometry", json::array({1, 1})}};
  CHECK(was_done(who.post(rights_path("image", t.image, "/rois"),
                          {{"rois", json::array({{{"shapes", json::array({point})}}})}}))
        == noted);
  CHECK(was_done(
          who.post(rights_path("image", t.image, "/settings/reset"), {{"to", "minMax"}}))
        == noted);
  return noted;
}

/// Things are asked for in this order: what is deleted at the end was theirs before.
rights rights_found(town& t, role r, const estate& x) {
  auto& who = t.who.at(r);
  rights out;
  out.view = pictures_show(who, x);
  out.annotate = takes_notes(who, x);
  out.edit =
    was_done(who.change(rights_path("dataset", x.dataset), {{"description", "changed"}}));
  CHECK(was_done(who.change(rights_path("image", x.image), {{"description", "changed"}}))
        == out.edit);
  out.link = was_done(
    who.post("/api/v1/links", {{"parent", {{"type", "project"}, {"id", x.shelf}}},
                               {"type", "dataset"},
                               {"ids", {x.dataset}}}));
  const json dataset{{"type", "dataset"}, {"ids", {x.dataset}}, {"preview", true}};
  auto move = dataset, gift = dataset;
  move["group"] = t.elsewhere;
  out.move = was_done(who.post("/api/v1/moves", move));
  gift["account"] = t.accounts.at(role::member);
  out.give = was_done(who.post("/api/v1/gifts", gift));
  out.remove = was_done(who.post("/api/v1/deletions", dataset));
  return out;
}

} // namespace

TEST_CASE("rights: everybody with the owner's things, at every level") {
  auto& t = town::the();
  for (int level = 0; level < 4; ++level) {
    CAPTURE(level);
    const estate x{t.who.at(role::owner), t.groups[level]};
    auto nobody = t.server.nobody();
    CHECK(nobody.get(rights_path("image", x.image)).status == 401);
    for (auto r : roles) {
      CAPTURE(role_names[static_cast<size_t>(r)]);
      CHECK(text(rights_found(t, r, x)) == text(expected(r, level)));
    }
  }
}

TEST_CASE("rights: with one's own things all but giving them away") {
  auto& t = town::the();
  for (int level = 0; level < 4; ++level)
    for (auto r : {role::member, role::leader}) {
      CAPTURE(level);
      CAPTURE(role_names[static_cast<size_t>(r)]);
      const estate x{t.who.at(r), t.groups[level]};
      auto own = expected(role::owner, level);
      own.give = r == role::leader;
      CHECK(text(rights_found(t, r, x)) == text(own));
    }
}

TEST_CASE("rights: readers make nothing") {
  auto& t = town::the();
  auto& reader = t.who.at(role::reader);
  const auto in_group = fmt::format("?group={}", t.groups[3]);
  CHECK(reader.post("/api/v1/projects" + in_group, {{"name", "x"}}).status == 403);
  CHECK(
    reader.post("/api/v1/imports", {{"files", {{{"path", "a"}, {"bytes", 1}}}}}).status
    == 403);
}
