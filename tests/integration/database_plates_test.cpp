// Wells in pages, runs with names, what is in folders.

#include "tests/support/lab.hpp"

using namespace troupe;
using test::json;
using test::lab;

namespace {

struct screening : lab {
  int64_t image = lab::image("field.tif");
  int64_t plate = lab::plate(image);
  int64_t run = insert(fmt::format("insert into plate_runs (plate_id, position, name)"
                                   " values ({}, 0, 'first run')",
                                   plate));
  viewer outside = db.add_account("outside");

  screening() {
    run_sql(fmt::format("insert into wells (plate_id, group_id, well_row, well_column)"
                        " select {}, {}, r, c from generate_series(0, 1) as r,"
                        " generate_series(0, 11) as c where r + c > 0 order by c desc",
                        plate, group));
  }
  std::vector<std::string> names(const page<json_item>& wells) {
    std::vector<std::string> out;
    for (auto& w : wells.items)
      out.push_back(json::parse(w.text).at("name"));
    return out;
  }
};

} // namespace

TEST_CASE("plates: wells come in pages, row by row, columns as numbers") {
  screening s;
  const auto first = s.db.ask(list_wells{s.ada, s.plate, {.limit = 10}});
  CHECK(first.total == 24);
  CHECK(s.names(first)
        == std::vector<std::string>{"A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9",
                                    "A10"});
  const auto next = s.db.ask(list_wells{s.ada, s.plate, {first.next, 4}});
  CHECK(s.names(next) == std::vector<std::string>{"A11", "A12", "B1", "B2"});
  const auto well = json::parse(first.items[0].text);
  CHECK(well.at("plate") == s.plate);
  CHECK(well.at("fields").at(0).at("image") == s.image);
  CHECK(json::parse(s.db.ask(find_well{s.ada, well.at("id")}).text) == well);
  // As they are in the plate.
  const auto whole = json::parse(s.db.ask(find_plate{s.ada, s.plate}).text);
  CHECK(whole.at("wells").size() == 24);
  CHECK(whole.at("wells").at(0) == well);
  CHECK(s.db.refusal(list_wells{s.outside, s.plate, {}}) == errc::not_found);
  CHECK(s.db.refusal(find_well{s.outside, well.at("id")}) == errc::not_found);
  CHECK(json::parse(s.db.ask(find_places{s.ada, object_type::well, well.at("id")}).text)
          .at("places")
          .at(0)
          .at(0)
          .at("id")
        == s.plate);
}

TEST_CASE("plates: runs have names of their own") {
  screening s;
  change_objects q{
    .who = s.ada, .type = object_type::run, .ids = {s.run}, .name = "second run"};
  CHECK(s.db.ask(q).done == std::vector<int64_t>{s.run});
  CHECK(json::parse(s.db.ask(find_run{s.ada, s.run}).text).at("name") == "second run");
  q.who = s.bert;
  CHECK(s.db.ask(q).refused.at(0).why == errc::denied);
  CHECK(s.db.refusal(find_run{s.outside, s.run}) == errc::not_found);
}

TEST_CASE("plates: those in no screen are listed") {
  screening s;
  const auto other = s.lab::plate(s.lab::image("other.tif"));
  const int64_t screen =
    json::parse(
      s.db
        .ask(create_container{
          .who = s.ada, .type = object_type::screen, .name = "screen", .description = {}})
        .text)
      .at("id");
  s.db.ask(link_objects{.who = s.ada,
                        .parent_type = object_type::screen,
                        .child_type = object_type::plate,
                        .parent = screen,
                        .from = {},
                        .children = {other}});
  CHECK(s.db.ask(list_plates{.who = s.ada, .page = {}}).total == 2);
  const auto orphans = s.db.ask(list_plates{.who = s.ada, .orphaned = true, .page = {}});
  REQUIRE(orphans.total == 1);
  CHECK(orphans.items[0].id == s.plate);
}

TEST_CASE("folders: their images and regions are listed and counted as far as seen") {
  screening s;
  const auto ten = s.lab::image("image 10.tif"), two = s.lab::image("image 2.tif");
  const int64_t folder =
    json::parse(
      s.db
        .ask(create_container{
          .who = s.ada, .type = object_type::folder, .name = "folder", .description = {}})
        .text)
      .at("id");
  const auto roi = s.roi(s.ada, ten);
  link_objects q{.who = s.ada,
                 .parent_type = object_type::folder,
                 .child_type = object_type::image,
                 .parent = folder,
                 .from = {},
                 .children = {ten, two}};
  s.db.ask(q);
  q.child_type = object_type::roi;
  q.children = {roi};
  s.db.ask(q);
  const auto images = s.db.ask(list_images{.who = s.ada, .folder = folder, .page = {}});
  REQUIRE(images.total == 2);
  CHECK(images.items[0].id == two);
  CHECK(images.items[1].id == ten);
  const auto later = s.db.ask(list_images{
    .who = s.ada,
    .folder = folder,
    .page = {s.db.ask(list_images{.who = s.ada, .folder = folder, .page = {"", 1}}).next,
             1}});
  REQUIRE(later.items.size() == 1);
  CHECK(later.items[0].id == ten);
  const auto rois = s.db.ask(list_rois{.who = s.ada, .folder = folder, .page = {}});
  REQUIRE(rois.total == 1);
  CHECK(rois.items[0].id == roi);
  const auto told =
    json::parse(s.db.ask(list_folders{.who = s.ada, .page = {}}).items.at(0).text);
  CHECK(told.at("images") == 2);
  CHECK(told.at("rois") == 1);
  CHECK(s.db.refusal(list_images{.who = s.outside, .folder = folder, .page = {}})
        == errc::not_found);
  CHECK(s.db.refusal(list_rois{.who = s.outside, .folder = folder, .page = {}})
        == errc::not_found);
}

TEST_CASE("plates: made by hand and filled, again and again") {
  screening s;
  const auto a = s.lab::image("a.tif"), b = s.lab::image("b.tif");
  const auto made =
    json::parse(s.db.ask(create_plate{s.ada, "by hand", "", 2, 3, std::nullopt}).text);
  CHECK(made.at("rows") == 2);
  CHECK(made.at("wells").empty());
  const int64_t plate = made.at("id");
  const int64_t run =
    json::parse(s.db.ask(create_run{s.ada, plate, "again", ""}).text).at("id");
  fill_plate q{s.ada, plate, {{0, 1, b, run}, {0, 1, a, {}}, {1, 2, a, {}}}};
  const auto first = s.db.ask(q);
  CHECK(first.done == std::vector<int64_t>{a, b});
  auto wells = [&] {
    return json::parse(s.db.ask(find_plate{s.ada, plate}).text).at("wells");
  };
  REQUIRE(wells().size() == 2);
  CHECK(wells()[0].at("name") == "A2");
  CHECK(wells()[0].at("fields").at(0).at("image") == b);
  CHECK(wells()[0].at("fields").at(0).at("run") == run);
  CHECK(wells()[0].at("fields").at(1).at("image") == a);
  CHECK(s.number("select count(*) from images where orphan") == 0);
  q.fields = {{1, 2, a, {}}, {0, 0, 999999, {}}};
  const auto second = s.db.ask(q);
  CHECK(second.refused.at(0).why == errc::not_found);
  REQUIRE(wells().size() == 2); // A2 is empty
  CHECK(wells()[0].at("fields").empty());
  CHECK(s.db.ask(list_images{.who = s.ada, .orphaned = true, .page = {}}).items.at(0).id
        == b);

  auto refused = [&](std::vector<plate_field> fields) {
    return s.db.refusal(fill_plate{s.ada, plate, std::move(fields)});
  };
  CHECK(refused({{2, 0, a, {}}}) == errc::bad_request);
  CHECK(refused({{0, -1, a, {}}}) == errc::bad_request);
  CHECK(refused({{0, 0, a, s.run}}) == errc::bad_request);
  CHECK(s.db.refusal(fill_plate{s.bert, plate, {}}) == errc::denied);
  CHECK(s.db.refusal(fill_plate{s.outside, plate, {}}) == errc::not_found);
  CHECK(s.db.refusal(create_plate{s.ada, "huge", "", 101, 1, std::nullopt})
        == errc::bad_request);
  CHECK(s.db.refusal(create_plate{s.ada, "x", "", 1, 1, 999999}) == errc::not_found);
  // What a file brought is as the file says.
  s.run_sql(fmt::format("update plates set fileset_id = (select fileset_id from images"
                        " where id = {}) where id = {}",
                        a, plate));
  CHECK(refused({}) == errc::conflict);
}
