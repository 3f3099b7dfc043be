// The way of an import through its states, and the rows it ends in.

#include "schema/queries/repos.hpp"
#include "tests/support/scratch_database.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace troupe;
using test::sample_fileset;

namespace {

std::shared_ptr<const registration> registration_of(std::vector<new_fileset> filesets) {
  return std::make_shared<registration>(registration{std::move(filesets)});
}

int64_t rows_in(test::scratch_database& db, const std::string& table) {
  int64_t count = 0;
  db.sql() << "select count(*) from " + table, soci::into(count);
  return count;
}

/// The ranges are of the channels, not of what is stored with the settings.
render::channel_settings without_statistics(render::channel_settings c) {
  c.statistics.reset();
  return c;
}

} // namespace

TEST_CASE("database: an import walks through its states") {
  test::scratch_database db;
  auto ada = db.add_account("ada");
  auto import =
      db.ask(create_import{.who = ada, .files = {{"a.tif", 10}, {"b.tif", 20}}});
  CHECK(import.state == import_state::uploading);
  CHECK(import.who.account == ada.account);
  CHECK(import.who.group == ada.group);
  CHECK(import.who.own == ada.own);
  REQUIRE(import.files.size() == 2);
  CHECK(import.files[1].path == "b.tif");
  CHECK(import.files[1].bytes == 20);
  CHECK(db.ask(unfinished_imports{}).size() == 1);

  db.ask(advance_import{
      .import = import.id, .to = import_state::uploading, .committed = true});
  CHECK(db.ask(find_import{ada, import.id}).committed);
  auto files = import.files;
  CHECK(files[0].name == "a.tif");
  files[0].sha256 = std::string(64, '1');
  CHECK(db.refusal(advance_import{
            .import = import.id, .to = import_state::verified, .files = {files[0]}})
        == errc::bad_request);
  files[1].sha256 = "xyz";
  CHECK(db.refusal(advance_import{
            .import = import.id, .to = import_state::verified, .files = files})
        == errc::bad_request);
  files[1].sha256 = std::string(64, 'f');
  db.ask(advance_import{
      .import = import.id, .to = import_state::verified, .files = files});
  files[0].main = 0;
  files[1].error = "no image\xff";
  files[1].skipped = true;
  db.ask(
      advance_import{.import = import.id, .to = import_state::parsed, .files = files});
  auto parsed = db.ask(find_import{ada, import.id});
  CHECK(parsed.state == import_state::parsed);
  CHECK(parsed.files[0].sha256 == files[0].sha256);
  CHECK(parsed.files[1].sha256 == files[1].sha256);
  CHECK(parsed.files[0].main == 0);
  CHECK_FALSE(parsed.files[1].main.has_value());
  CHECK(parsed.files[1].skipped);
  CHECK(parsed.files[0].error.empty());
  CHECK(parsed.files[1].error == "no image\xEF\xBF\xBD");

  for (auto back :
       {import_state::uploading, import_state::verified, import_state::parsed})
    CHECK(db.refusal(advance_import{.import = import.id, .to = back}) == errc::conflict);
  CHECK(db.refusal(advance_import{.import = 999, .to = import_state::failed})
        == errc::not_found);

  db.ask(advance_import{.import = import.id, .to = import_state::cancelled});
  CHECK(db.refusal(advance_import{.import = import.id, .to = import_state::placed})
        == errc::conflict);
  CHECK(db.refusal(register_import{import.id, registration_of({sample_fileset("a.tif")})})
        == errc::conflict);
  CHECK(db.ask(unfinished_imports{}).empty());
  auto counts = db.ask(count_imports{});
  CHECK(counts.cancelled == 1);
  CHECK(counts.active == 0);
}

TEST_CASE("database: what makes no sense is no import") {
  test::scratch_database db;
  auto ada = db.add_account("ada");
  auto refusal = [&](std::vector<import_file> files) {
    return db.refusal(create_import{.who = ada, .files = std::move(files)});
  };
  CHECK(refusal({}) == errc::bad_request);
  CHECK(refusal({{"", 1}}) == errc::bad_request);
  CHECK(refusal({{"a", -1}}) == errc::bad_request);
  CHECK(refusal({{std::string("a\0b", 3), 1}}) == errc::bad_request);
  CHECK(refusal({{"\xff", 1}}) == errc::bad_request);
  CHECK(refusal({{std::string(5000, 'a'), 1}}) == errc::bad_request);
  CHECK(db.refusal(create_import{.who = ada, .in_place = true, .files = {{"/a", 1}}})
        == errc::denied);
  CHECK(db.refusal(create_import{.who = ada, .dataset = 5, .files = {{"a", 1}}})
        == errc::not_found);
  CHECK(rows_in(db, "imports") == 0);
}

TEST_CASE("database: one staged file is found without the others") {
  test::scratch_database db;
  auto ada = db.add_account("ada"), bob = db.add_account("bob");
  auto import = db.ask(create_import{
      .who = ada, .files = {{"set/a.tif", 10}, {"set/a.tif", 20}, {"../b.tif", 30}}});
  auto second = db.ask(find_staged_file{ada, import.id, 1});
  CHECK(second.name == "set/a (2).tif");
  CHECK(second.bytes == 20);
  CHECK(db.ask(find_staged_file{ada, import.id, 2}).name == "b.tif");
  CHECK(db.refusal(find_staged_file{ada, import.id, 3}) == errc::not_found);
  CHECK(db.refusal(find_staged_file{bob, import.id, 0}) == errc::not_found);
  db.ask(advance_import{
      .import = import.id, .to = import_state::uploading, .committed = true});
  CHECK(db.refusal(find_staged_file{ada, import.id, 0}) == errc::conflict);
}

TEST_CASE("database: imports are their owner's and the administrators'") {
  test::scratch_database db;
  auto ada = db.add_account("ada"), bob = db.add_account("bob");
  auto root = db.add_account("root", true);
  auto id = db.add_import(ada, {"a.tif"}).id;
  CHECK(db.ask(find_import{ada, id}).id == id);
  CHECK(db.ask(find_import{root, id}).id == id);
  CHECK(db.refusal(find_import{bob, id}) == errc::not_found);
  CHECK(db.ask(list_imports{.who = ada}).total == 1);
  CHECK(db.ask(list_imports{.who = root}).total == 1);
  CHECK(db.ask(list_imports{.who = bob}).total == 0);
}

TEST_CASE("database: imports are listed newest first, page by page") {
  test::scratch_database db;
  auto ada = db.add_account("ada");
  std::vector<int64_t> made;
  for (int i = 0; i < 7; ++i)
    made.insert(made.begin(), db.ask(create_import{.who = ada, .files = {{"a", 1}}}).id);
  db.ask(
      advance_import{.import = made[3], .to = import_state::failed, .error = "broken"});
  std::vector<int64_t> seen;
  list_imports question{.who = ada, .page = {.limit = 3}};
  do {
    auto found = db.ask(question);
    CHECK(found.total == 7);
    for (const auto& import : found.items)
      seen.push_back(import.id);
    question.page.after = found.next;
  } while (!question.page.after.empty());
  CHECK(seen == made);
  CHECK(db.ask(list_imports{.who = ada, .active_only = true}).items.size() == 6);
  CHECK(db.ask(find_import{ada, made[3]}).error == "broken");
}

TEST_CASE("database: two filesets become images, measured and unmeasured") {
  test::scratch_database db;
  set_managed_root(db.sql(), "/data/");
  auto ada = db.add_account("ada");
  auto dataset = db.ask(create_dataset{.who = ada, .name = "raw"});
  auto import = db.add_import(ada, {"a.tif", "b.tif"}, dataset.id);
  CHECK(import.dataset.name == "raw");

  auto first = sample_fileset("a.tif", 0, true, 2);
  auto& series = first.found.what.images[0];
  series.acquired = "2024-02-03T04:05:06.789Z";
  series.physical_x = formats::quantity{0.65, "µm"};
  series.significant_bits = 12;
  series.planes = {{.z = 2, .c = 1, .t = 0, .exposure = 0.25}};
  first.found.what.images[1].acquired = "0000-99-99T";
  first.found.what.images[1].description = std::string("by\0te\x01\xff", 7);
  first.found.measured[0].channels[1] = {-std::numeric_limits<double>::infinity(), 1e300};
  auto done = db.ask(register_import{
      import.id, registration_of({first, sample_fileset("b.tif", 1, false)})});

  CHECK(done.state == import_state::done);
  REQUIRE(done.files.size() == 2);
  REQUIRE(done.files[0].images.size() == 2);
  REQUIRE(done.files[1].images.size() == 1);
  auto one = done.files[0].images[0], two = done.files[0].images[1],
       three = done.files[1].images[0];
  CHECK(one.name == "a.tif [0]");
  CHECK(two.series == 1);

  auto found = db.ask(find_image{ada, one.id});
  CHECK(found.entry.state == image_state::ready);
  CHECK(found.entry.size == dimensions{512, 256, 3, 2, 1});
  CHECK(found.entry.acquired == "2024-02-03T04:05:06.789000Z");
  CHECK(found.entry.version == 1);
  CHECK(found.physical_x == formats::quantity{0.65, "µm"});
  CHECK_FALSE(found.physical_y.has_value());
  CHECK(found.significant_bits == 12);
  CHECK(found.first.z == 1);
  CHECK(found.format == "TIFF");
  CHECK_FALSE(found.in_place);
  REQUIRE(found.channels.size() == 2);
  CHECK(found.channels[0].name == "DAPI");
  CHECK(found.channels[0].emission == 461.0);
  CHECK(found.channels[0].max == 900.0);
  CHECK(without_statistics(found.channels[0].settings) == first.settings[0].channels[0]);
  CHECK(found.channels[1].min == -std::numeric_limits<double>::infinity());
  CHECK(found.channels[1].max == 1e300);
  CHECK_FALSE(found.channels[1].excitation.has_value());
  CHECK(found.levels == std::vector<extent>{{512, 256}, {256, 128}});
  REQUIRE(found.files.size() == 1);
  CHECK(found.files[0].name == "a.tif");
  CHECK(found.files[0].sha256 == first.files[0].sha256);
  REQUIRE(found.datasets.size() == 1);
  CHECK(found.datasets[0].dataset.name == "raw");

  auto other = db.ask(find_image{ada, two.id});
  CHECK(other.entry.acquired.empty());
  CHECK(other.description == "by te \xEF\xBF\xBD");
  CHECK(db.ask(find_image{ada, three.id}).entry.state == image_state::measuring);
  CHECK_FALSE(db.ask(find_image{ada, three.id}).channels[0].max.has_value());

  std::string exposure;
  db.sql() << "select cast(array_to_json(exposure) as text) from plane_infos where "
              "delta_t is null",
      soci::into(exposure);
  CHECK(exposure == "[null,null,null,null,null,0.25]");
  CHECK(db.ask(find_dataset{ada, dataset.id}).self.children == 3);
  CHECK(db.ask(list_images{.who = ada, .orphaned = true}).total == 0);

  auto jobs = db.ask(pending_measures{});
  REQUIRE(jobs.size() == 1);
  CHECK(jobs[0].source.path == "/data/originals/000/000/000000001/b.tif");

  // As after a crash between the commit and its answer.
  auto again = db.ask(register_import{
      import.id, registration_of({first, sample_fileset("b.tif", 1, false)})});
  CHECK(again.files[0].images[0].id == one.id);
  CHECK(rows_in(db, "images") == 3);
  CHECK(rows_in(db, "audits where kind = 4") == 1);
}

TEST_CASE("database: measures arrive later") {
  test::scratch_database db;
  auto ada = db.add_account("ada");
  auto import = db.add_import(ada, {"a.tif"});
  auto image =
      db.ask(register_import{import.id,
                             registration_of({sample_fileset("a.tif", 0, false)})})
          .files[0]
          .images[0]
          .id;
  auto fileset = db.ask(pending_measures{}).at(0).fileset;
  db.ask(note_measure_attempt{fileset});
  CHECK(db.ask(pending_measures{}).at(0).attempts == 1);
  auto measured = sample_fileset("a.tif");
  measured.settings[0].channels[0].end = 4321;
  measured.settings[0].model = render::model::greyscale;
  record_measures answer{.fileset = fileset,
                         .found = std::make_shared<inspection>(measured.found),
                         .settings = measured.settings};

  SUBCASE("and set ranges, windows, state and version") {
    db.ask(answer);
    auto found = db.ask(find_image{ada, image});
    CHECK(found.entry.state == image_state::ready);
    CHECK(found.entry.version == 2);
    CHECK(found.channels[1].max == 800.0);
    CHECK(found.channels[0].settings.end == 4321);
    CHECK(without_statistics(db.ask(grant_image{ada, image}).settings.channels[0])
          == measured.settings[0].channels[0]);
    CHECK(db.ask(pending_measures{}).empty());
  }
  SUBCASE("but leave a view that a person changed") {
    db.sql() << "update renderings set changed = now()";
    db.ask(answer);
    CHECK(db.ask(find_image{ada, image}).channels[0].settings.end == 900);
    CHECK(db.ask(find_image{ada, image}).channels[0].max == 900.0);
  }
  SUBCASE("or say that the file is damaged") {
    db.ask(record_measures{.fileset = fileset, .error = "strip 7 is cut off"});
    auto granted = db.ask(grant_image{ada, image});
    CHECK(granted.state == image_state::damaged);
    CHECK(granted.error == "strip 7 is cut off");
    CHECK(db.ask(pending_measures{}).empty());
  }
  SUBCASE("for a fileset that is gone: nothing happens") {
    db.sql() << "delete from filesets";
    db.ask(answer);
    CHECK(rows_in(db, "images") == 0);
  }
}

TEST_CASE("database: images of a dataset that was deleted meanwhile are orphans") {
  test::scratch_database db;
  auto ada = db.add_account("ada");
  auto dataset = db.ask(create_dataset{.who = ada, .name = "raw"});
  auto import = db.add_import(ada, {"a.tif"}, dataset.id);
  db.sql() << "delete from datasets";
  CHECK(db.ask(find_import{ada, import.id}).dataset.id == 0);
  auto done =
      db.ask(register_import{import.id, registration_of({sample_fileset("a.tif")})});
  CHECK(done.state == import_state::done);
  CHECK(db.ask(list_images{.who = ada, .orphaned = true}).total == 1);
}

TEST_CASE("database: an in-place file keeps its own folder and time") {
  test::scratch_database db;
  set_managed_root(db.sql(), "/data");
  auto root = db.add_account("root", true);
  auto id =
      db.ask(create_import{
                 .who = root, .in_place = true, .files = {{"/far/away/a.tif", 1000}}})
          .id;
  db.ask(advance_import{.import = id, .to = import_state::parsed});
  auto fileset = sample_fileset("a.tif");
  fileset.prefix = "/far/away";
  fileset.files[0].modified_ns = 1'700'000'000'123'456'789;
  fileset.files[0].sha256 = "";
  auto image =
      db.ask(register_import{id, registration_of({fileset})}).files[0].images[0].id;
  auto source = db.ask(grant_image{root, image}).source;
  CHECK(source.path == "/far/away/a.tif");
  CHECK(source.modified_ns == 1'700'000'000'123'456'789);
  CHECK(source.bytes == 1000);
  CHECK(db.ask(find_image{root, image}).in_place);
}

TEST_CASE("database: a registration that does not fit itself changes nothing") {
  test::scratch_database db;
  auto ada = db.add_account("ada");
  auto import = db.add_import(ada, {"a.tif"});
  auto twice = registration_of({sample_fileset("a.tif"), sample_fileset("a.tif")});
  CHECK(db.refusal(register_import{import.id, twice}) == errc::internal);
  auto nameless = sample_fileset("a.tif");
  nameless.names.clear();
  CHECK(db.refusal(register_import{import.id, registration_of({nameless})})
        == errc::internal);
  auto no_pixels = sample_fileset("a.tif");
  no_pixels.found.what.images[0].size.x = 0;
  CHECK(db.refusal(register_import{import.id, registration_of({no_pixels})})
        == errc::internal);
  CHECK(rows_in(db, "filesets") == 0);
  CHECK(db.ask(find_import{ada, import.id}).state == import_state::placed);
}
