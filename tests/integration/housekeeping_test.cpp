// Files whose time is over go, and no others.

#include "actors/housekeeping.hpp"
#include "storage/files/managed.hpp"
#include "tests/support/lab.hpp"
#include "tests/support/program.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using test::lab;

namespace {

namespace fs = std::filesystem;

/// The rooms of database and housekeeping over a lab's rows and a folder of files.
struct household : lab {
  test::short_folder folder;
  configuration config{.data = folder.path(), .database = db.uri()};
  managed_directory files{folder.path()};

  /// A file at a path relative to the data folder, as if it were kept there.
  fs::path put_file(const std::string& relative) {
    const auto at = folder / relative;
    fs::create_directories(at.parent_path());
    return test::write_text(at, "bytes");
  }
  int64_t attach(int64_t image, const std::string& hash) {
    const auto file = insert(fmt::format("insert into attachments (owner_id, group_id,"
                                         " name, bytes, sha256) values ({}, {}, 'f', 5,"
                                         " decode('{}', 'hex'))",
                                         ada.account, group, hash));
    const auto made = annotation(ada, 10, "attachment_id", std::to_string(file));
    lab::put(made, object_type::image, image, ada);
    return made;
  }
  void purge(int64_t image) {
    const auto gone = db.ask(deletion(ada, object_type::image, {image}));
    db.ask(purge_trash{ada, test::json::parse(gone.text).at("trash")});
  }
  /// A round of housekeeping, until `over` holds.
  bool keep(const std::function<bool()>& over) {
    caf::actor_system_config settings;
    caf::actor_system system{settings};
    start_context at{system, config};
    const auto database = start_database(at);
    const auto room = start_housekeeping(at);
    caf::anon_send(at.find<housekeeping_actor>(), keep_house{});
    const bool held = test::comes_true(over, std::chrono::seconds{20});
    caf::anon_send_exit(room, caf::exit_reason::kill);
    caf::anon_send_exit(database, caf::exit_reason::kill);
    at.clear();
    return held;
  }
  int64_t doomed() { return number("select count(*) from doomed_files"); }
};

} // namespace

TEST_CASE("housekeeping: what was purged loses its files, what is needed keeps them") {
  household h;
  const std::string shared(64, 'a'), own(64, 'b');
  const auto going = h.image("going.tif"), staying = h.image("staying.tif");
  h.attach(going, shared);
  h.attach(staying, shared);
  h.attach(going, own);
  const std::string originals = "originals/000/000/000000001/";
  const auto gone = h.put_file(originals + "going.tif"),
             kept = h.put_file(originals + "staying.tif"),
             gone_pyramid = h.put_file(managed_directory::derived_folder(going) + "/0/0"),
             kept_pyramid =
               h.put_file(managed_directory::derived_folder(staying) + "/0/0"),
             gone_attachment = h.put_file(managed_directory::attachment_file(own)),
             kept_attachment = h.put_file(managed_directory::attachment_file(shared));
  h.purge(going);
  REQUIRE(h.doomed() == 3);
  CHECK(h.keep([&] { return h.doomed() == 0; }));
  CHECK_FALSE(fs::exists(gone));
  CHECK_FALSE(fs::exists(gone_pyramid));
  CHECK_FALSE(fs::exists(gone_pyramid.parent_path()));
  CHECK_FALSE(fs::exists(gone_attachment));
  CHECK(fs::exists(kept));
  CHECK(fs::exists(kept_pyramid));
  CHECK(fs::exists(kept_attachment));
}

TEST_CASE("housekeeping: deletions wait until their time is over, and then go") {
  household h;
  const auto early = h.image("early.tif"), late = h.image("late.tif");
  const auto early_file = h.put_file("originals/000/000/000000001/early.tif"),
             late_file = h.put_file("originals/000/000/000000001/late.tif");
  h.db.ask(h.deletion(h.ada, object_type::image, {early}));
  h.run_sql("update trash set purge_after = now()");
  h.db.ask(h.deletion(h.ada, object_type::image, {late}));
  CHECK(h.keep([&] { return !fs::exists(early_file); }));
  CHECK(fs::exists(late_file));
  CHECK(h.number("select count(*) from trash") == 1);
}

TEST_CASE("housekeeping: an attachment that came back in time keeps its bytes") {
  household h;
  const std::string hash(64, 'c');
  const auto image = h.image("a.tif");
  h.attach(image, hash);
  const auto file = h.put_file(managed_directory::attachment_file(hash)),
             original = h.put_file("originals/000/000/000000001/a.tif");
  h.purge(image);
  h.attach(h.image("b.tif"), hash); // the same bytes, sent again
  CHECK(h.keep([&] { return h.doomed() == 0; }));
  CHECK_FALSE(fs::exists(original));
  CHECK(fs::exists(file));
}

TEST_CASE("housekeeping: a path outside of its folders is never removed") {
  household h;
  const auto precious = h.put_file("precious.txt"),
             original = h.put_file("originals/000/000/000000001/a.tif");
  for (auto path :
       {"precious.txt", "originals/../precious.txt", "originals/000/000/000000001/a.tif"})
    h.run_sql(fmt::format("insert into doomed_files (path) values ('{}')", path));
  CHECK(h.keep([&] { return h.doomed() == 2; }));
  CHECK(fs::exists(precious));
  CHECK_FALSE(fs::exists(original));
}

TEST_CASE("housekeeping: jobs that ended long ago are forgotten") {
  household h;
  for (auto ended : {"now()", "now() - interval '15 days'"})
    h.run_sql(
      fmt::format("insert into batch_jobs (owner_id, session_id, act, kind, what, ids,"
                  " total, handled, state, ended)"
                  " values ({}, 1, 'change', 1, '{{}}', '{{1}}', 1, 1, 2, {})",
                  h.ada.account, ended));
  CHECK(h.keep([&] { return h.number("select count(*) from batch_jobs") == 1; }));
}
