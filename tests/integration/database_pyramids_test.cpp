// Jobs that make levels, from the import that causes them to what they leave behind.

#include "schema/queries/pyramids.hpp"
#include "schema/queries/repos.hpp"
#include "tests/support/scratch_database.hpp"

#include <doctest/doctest.h>

using namespace troupe;

namespace {

const std::vector<extent> with_levels{{5000, 4000}, {2500, 2000}, {1250, 1000}};

/// Registers a file whose only image is that large.
int64_t add_big_image(test::scratch_database& db, const viewer& who, bool measured,
                      extent size = {5000, 4000}) {
  auto fileset = test::sample_fileset("big.tif", 0, measured);
  auto& s = fileset.found.what.images[0];
  s.size.x = size.width;
  s.size.y = size.height;
  s.levels = {size};
  auto import = db.add_import(who, {"big.tif"});
  auto registered = db.ask(
    register_import{import.id, std::make_shared<registration>(registration{{fileset}})});
  return registered.files.at(0).images.at(0).id;
}

record_pyramid levels_of(int64_t image) {
  record_pyramid r{.image = image, .levels = with_levels, .ranges = {{3, 90}, {5, 70}}};
  r.settings.channels = {{.index = 0, .start = 3, .end = 90},
                         {.index = 1, .start = 5, .end = 70}};
  return r;
}

} // namespace

TEST_CASE("database: a big image without levels is a job, and the job leaves levels") {
  test::scratch_database db;
  set_managed_root(db.sql(), "/data/troupe");
  auto ada = db.add_account("ada");
  const auto image = add_big_image(db, ada, false);
  CHECK(db.ask(pending_measures{}).empty()); // the same pass measures
  auto jobs = db.ask(pending_pyramids{});
  REQUIRE(jobs.size() == 1);
  CHECK(jobs[0].image == image);
  CHECK(jobs[0].bytes == int64_t{5000} * 4000 * 2 * 3 * 2);
  CHECK(db.ask(find_image{ada, image}).pyramid == pyramid_state::waiting);
  auto grant = db.ask(grant_image{ada, image});
  CHECK_FALSE(grant.settled);
  CHECK(grant.source.derived.empty());

  db.ask(note_pyramid{.image = image, .begins = true});
  db.ask(note_pyramid{.image = image, .progress = 0.25});
  auto half = db.ask(find_image{ada, image});
  CHECK(half.pyramid == pyramid_state::building);
  CHECK(half.pyramid_progress == 0.25);

  db.ask(levels_of(image));
  CHECK(db.ask(pending_pyramids{}).empty());
  auto made = db.ask(find_image{ada, image});
  CHECK(made.pyramid == pyramid_state::ready);
  CHECK(made.levels == with_levels);
  CHECK(made.entry.state == image_state::ready);
  CHECK(made.entry.version > half.entry.version);
  CHECK(made.channels[1].max == 70);
  CHECK(made.channels[1].settings.end == 70);
  grant = db.ask(grant_image{ada, image});
  CHECK(grant.settled);
  CHECK(grant.source.derived == "/data/troupe/cache/derived/000/000/000000001");
  CHECK(db.ask(list_pyramids{}) == std::vector{image});
}

TEST_CASE("database: attempts that get nowhere are counted, others are not") {
  test::scratch_database db;
  auto ada = db.add_account("ada");
  const auto image = add_big_image(db, ada, true);
  for (int i = 1; i <= 3; ++i) {
    db.ask(note_pyramid{.image = image, .begins = true});
    CHECK(db.ask(pending_pyramids{}).at(0).attempts == i);
  }
  db.ask(note_pyramid{.image = image, .progress = 0.1});
  CHECK(db.ask(pending_pyramids{}).at(0).attempts == 1);
}

TEST_CASE("database: a failed pyramid damages only what was never read") {
  test::scratch_database db;
  auto ada = db.add_account("ada");
  const auto read = add_big_image(db, ada, true), unread = add_big_image(db, ada, false);
  for (auto image : {read, unread})
    db.ask(record_pyramid{.image = image, .error = "strip 3 is broken"});
  CHECK(db.ask(pending_pyramids{}).empty());
  auto good = db.ask(find_image{ada, read}), bad = db.ask(find_image{ada, unread});
  CHECK(good.entry.state == image_state::ready);
  CHECK(good.pyramid == pyramid_state::failed);
  CHECK(good.pyramid_error == "strip 3 is broken");
  CHECK(bad.entry.state == image_state::damaged);
}

TEST_CASE("database: levels that were made can be dropped, and made again") {
  test::scratch_database db;
  auto ada = db.add_account("ada"), bob = db.add_account("bob");
  const auto image = add_big_image(db, ada, true);
  db.ask(levels_of(image));
  CHECK(db.refusal(drop_pyramid{bob, image}) == errc::not_found);
  db.ask(drop_pyramid{ada, image});
  auto bare = db.ask(find_image{ada, image});
  CHECK(bare.levels == std::vector<extent>{{5000, 4000}});
  CHECK(bare.pyramid == pyramid_state::none);
  db.ask(drop_pyramid{.who = ada, .image = image, .again = true});
  CHECK(db.ask(pending_pyramids{}).size() == 1);
  // Dropped while it was made: what arrives late changes nothing.
  db.ask(drop_pyramid{ada, image});
  db.ask(levels_of(image));
  CHECK(db.ask(find_image{ada, image}).levels.size() == 1);
}

TEST_CASE("database: what is small, or has levels, needs no pyramid") {
  test::scratch_database db;
  auto ada = db.add_account("ada");
  add_big_image(db, ada, true, {3192, 3192});
  db.add_image(ada, "with levels.tif");
  CHECK(db.ask(pending_pyramids{}).empty());
}
