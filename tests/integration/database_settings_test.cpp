// Rendering settings: whose are seen, who may save, what is kept.

#include "schema/queries/accounts.hpp"
#include "schema/queries/images.hpp"
#include "schema/queries/view_settings.hpp"
#include "tests/support/scratch_database.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace troupe;

namespace {

void make_group(test::scratch_database& db, const std::string& name, int level) {
  db.sql() << "insert into groups (name, level) values (:name, :level)",
    soci::use(name, "name"), soci::use(level, "level");
}

/// A group of a level, an image in it, and everyone who may come by.
struct settings_lab {
  test::scratch_database db;
  viewer owner, member, leader, admin, stranger;
  int64_t image = 0;

  explicit settings_lab(int level) {
    make_group(db, "lab", level);
    owner = db.add_account("owner", false, "lab");
    member = db.add_account("member", false, "lab");
    leader = db.add_account("leader", false, "lab");
    db.sql() << "update memberships set leader = true where account_id = :id",
      soci::use(leader.account, "id");
    leader = db.ask(open_session{leader.account, std::string(64, 'a')}).who;
    admin = db.add_account("admin", true);
    stranger = db.add_account("stranger");
    image = db.add_image(owner, "cell.tif");
  }

  view_settings seen(const viewer& who) { return db.ask(find_settings{who, image}); }

  save_settings wish(const viewer& who, double end) {
    save_settings q{.who = who, .image = image};
    q.settings = seen(owner).settings;
    q.settings.channels[0].end = end;
    q.at = {2, 0};
    return q;
  }
  errc refusal(const viewer& who) { return db.refusal(wish(who, 5)); }
  int64_t count(const std::string& what) {
    long long n = 0;
    db.sql() << "select count(*) from " + what, soci::into(n);
    return n;
  }
};

} // namespace

TEST_CASE("settings: one's own go before the owner's, on every way to the image") {
  settings_lab l{2};
  CHECK(l.seen(l.member).origin == settings_origin::computed);
  l.db.ask(l.wish(l.owner, 700));
  auto shown = l.seen(l.member);
  CHECK(shown.origin == settings_origin::owner);
  CHECK(shown.settings.channels[0].end == 700);
  CHECK(shown.owner.login == "owner");
  CHECK(shown.at.z == 2);

  shown = l.db.ask(l.wish(l.member, 300));
  CHECK(shown.origin == settings_origin::own);
  CHECK(shown.changed.size() > 10);
  CHECK(l.seen(l.member).settings.channels[0].end == 300);
  CHECK(l.seen(l.owner).settings.channels[0].end == 700);
  CHECK(l.seen(l.admin).settings.channels[0].end == 700);
  CHECK(l.db.ask(grant_image{l.member, l.image}).settings.channels[0].end == 300);
  CHECK(l.db.ask(grant_image{l.owner, l.image}).settings.channels[0].end == 700);
  CHECK(l.db.ask(find_image{l.member, l.image}).channels[0].settings.end == 300);
  CHECK(l.db.ask(find_image{l.member, l.image}).first.z == 2);
}

TEST_CASE("settings: all of them are kept, statistics are the image's") {
  settings_lab l{0};
  auto q = l.wish(l.owner, 10);
  q.settings.model = render::model::greyscale;
  q.settings.levels = {20, 200, 127};
  auto& c = q.settings.channels[1];
  c = {.index = 1,
       .active = false,
       .start = -1.5,
       .end = 1e300,
       .color = {1, 2, 3, 4},
       .curve = render::family::polynomial,
       .coefficient = 0.25,
       .inverted = true,
       .noise_reduction = true,
       .lut = "fire.lut"};
  l.db.ask(q);
  auto got = l.seen(l.owner).settings;
  c.statistics = {2, 800};
  CHECK(got == q.settings);
}

TEST_CASE("settings: who may keep their own") {
  for (int level = 0; level < 4; ++level) {
    CAPTURE(level);
    settings_lab l{level};
    CHECK(l.refusal(l.owner) == errc::none);
    CHECK(l.refusal(l.member)
          == (level == 0   ? errc::not_found
              : level == 1 ? errc::denied
                           : errc::none));
    CHECK(l.refusal(l.leader) == (level == 0 ? errc::denied : errc::none));
    CHECK(l.refusal(l.admin) == (level == 0 ? errc::denied : errc::none));
    CHECK(l.refusal(l.stranger) == errc::not_found);
    CHECK(l.seen(l.leader).may_save == (level > 0));
  }
}

TEST_CASE("settings: saving is one audit row and a new version of the image") {
  settings_lab l{2};
  auto version = l.db.ask(grant_image{l.owner, l.image}).version;
  auto audits = l.count("audits");
  l.db.ask(l.wish(l.member, 300));
  l.db.ask(l.wish(l.member, 301));
  CHECK(l.db.ask(grant_image{l.owner, l.image}).version == version + 2);
  CHECK(l.count("audits") == audits + 2);
  CHECK(l.count("audits where kind = 5 and action = 4 and object_id = "
                + std::to_string(l.image))
        == 2);
}

TEST_CASE("settings: what does not fit is refused by name") {
  settings_lab l{0};
  auto refused = [&](auto change) {
    auto q = l.wish(l.owner, 10);
    change(q);
    return l.db.refusal(q) == errc::bad_request;
  };
  using q = save_settings&;
  CHECK(refused([](q x) { x.settings.channels.pop_back(); }));
  CHECK(refused([](q x) { x.settings.channels[1].index = 0; }));
  CHECK(refused([](q x) { x.settings.channels[0].start = std::nan(""); }));
  CHECK(refused([](q x) { x.settings.channels[0].end = INFINITY; }));
  CHECK(refused([](q x) { x.settings.channels[0].coefficient = 0; }));
  CHECK(refused([](q x) { x.settings.channels[0].lut = "../fire.lut"; }));
  CHECK(refused([](q x) { x.settings.channels[0].lut = "fire"; }));
  CHECK(refused([](q x) { x.at.z = 3; }));
  CHECK(refused([](q x) { x.at.t = -1; }));
  CHECK(refused([](q x) { x.settings.levels = {50, 50, 255}; }));
  CHECK(refused([](q x) { x.settings.levels.resolution = 100; }));
}

TEST_CASE("settings: presets are shown, and saved by a reset") {
  settings_lab l{2};
  l.db.ask(l.wish(l.owner, 700));
  l.db.ask(l.wish(l.member, 300));
  auto as = [&](settings_preset p) {
    return l.db.ask(find_settings{l.member, l.image, settings_choice{p, {}}});
  };
  CHECK(as(settings_preset::min_max).settings.channels[0].end == 900);
  CHECK(as(settings_preset::full_range).settings.channels[0].end == 65535);
  CHECK(as(settings_preset::owner).settings.channels[0].end == 700);
  auto imported = as(settings_preset::imported);
  CHECK(imported.settings.channels[0].start == 1);
  CHECK(imported.settings.channels[0].color == rgba{0, 0, 255, 255});
  CHECK(imported.at.z == 1);
  CHECK(l.seen(l.member).settings.channels[0].end == 300);

  auto reset = [&](settings_choice c) {
    return l.db.ask(reset_settings{l.member, l.image, std::move(c)}).settings.channels;
  };
  CHECK(reset({settings_preset::owner, {}})[0].end == 700);
  CHECK(l.seen(l.member).origin == settings_origin::own);
  auto measured = reset({settings_preset::automatic, {{1, {5, 6}}}});
  CHECK(measured[0].end == 700);
  CHECK(measured[1].start == 5);
  CHECK(l.seen(l.owner).settings.channels[1].start != 5);
}

TEST_CASE("settings: pasted on what they fit, each image says how it went") {
  settings_lab l{2};
  auto twin = l.db.add_image(l.member, "twin.tif"),
       other = l.db.add_image(l.owner, "o.tif"),
       elsewhere = l.db.add_image(l.stranger, "hidden.tif");
  l.db.sql() << "update channels set emission = 999 where image_id = :id",
    soci::use(other, "id");
  l.db.sql() << "update images set size_z = 2 where id = :id", soci::use(twin, "id");
  l.db.ask(l.wish(l.member, 321));
  auto audits = l.count("audits");
  auto got = l.db.ask(paste_settings{
    .who = l.member, .image = l.image, .targets = {twin, other, elsewhere, twin, 4711}});
  REQUIRE(got.targets.size() == 5);
  CHECK(got.targets[0].error.empty());
  CHECK(got.targets[1].error.find("wavelengths") != std::string::npos);
  CHECK(got.targets[2].error.find("image") == 0);
  CHECK(got.targets[3].error.empty());
  CHECK(got.targets[4].error.find("image") == 0);
  CHECK(l.count("audits") == audits + 1);
  auto pasted = l.db.ask(find_settings{l.member, twin});
  CHECK(pasted.settings.channels[0].end == 321);
  CHECK(pasted.at.z == 1); // it has no section 2
  CHECK(l.db.ask(find_settings{l.member, other}).settings.channels[0].end != 321);
  CHECK(l.db.refusal(paste_settings{.who = l.stranger, .image = l.image})
        == errc::not_found);
}

TEST_CASE("settings: an image without any is shown as computed") {
  settings_lab l{2};
  l.db.sql() << "delete from renderings";
  auto shown = l.seen(l.member);
  CHECK(shown.origin == settings_origin::computed);
  REQUIRE(shown.settings.channels.size() == 2);
  CHECK(shown.settings.channels[0].end == 900);
  CHECK(l.db.ask(grant_image{l.member, l.image}).settings.channels[0].end == 900);
}
