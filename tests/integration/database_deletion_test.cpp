// What goes with what is deleted, what stays and why, and that all of it comes back.

#include "storage/files/managed.hpp"
#include "tests/support/lab.hpp"

#include <algorithm>

using namespace troupe;
using test::json;
using test::lab;

TEST_CASE("deletion: a project with its contents comes back row by row") {
  lab l;
  const auto project = l.db.ask(create_project{.who = l.ada, .name = "p"}).id;
  const auto dataset = l.dataset("d", project);
  const auto image = l.image("a.tif", dataset), other = l.image("b.tif", dataset);
  l.put(l.tag(l.ada, "mine"), object_type::image, image, l.ada);
  l.put(l.annotation(l.bert, 2, "text_value", "'nice'"), object_type::dataset, dataset,
        l.bert);
  l.put(l.annotation(l.ada, 9, "pairs", "'[{\"k\": \"a\", \"v\": \"b\"}]'"),
        object_type::project, project, l.ada);
  l.roi(l.ada, other);
  const auto before = l.rows();
  auto q = l.deletion(l.ada, object_type::project, {project});
  q.contents = true;
  const auto done = l.erase(q);
  CHECK(done.at("counts").at("image") == 2);
  CHECK(done.at("counts").at("dataset") == 1);
  CHECK(done.at("counts").at("annotation") == 3);
  CHECK(done.at("others").at("annotation") == 1);
  CHECK(done.at("bytes") == 2000);
  for (auto table : {"projects", "datasets", "images", "filesets", "files", "rois",
                     "shapes", "annotations", "links", "annotation_links", "channels"})
    CHECK(l.number(fmt::format("select count(*) from {}", table)) == 0);
  const auto back = l.restore(l.ada, done);
  CHECK(back.at("dropped").empty());
  CHECK(l.rows() == before);
  CHECK(l.number("select count(*) from trash") == 0);
  CHECK(l.number("select count(*) from trash_rows") == 0);
  CHECK(l.number("select count(*) from audits where action = 14") == 10);
  CHECK(l.number("select count(*) from audits where action = 15") == 10);
}

TEST_CASE("deletion: contents stay without asking for them, and where others hold them") {
  lab l;
  const auto one = l.dataset("one"), two = l.dataset("two");
  const auto alone = l.image("alone.tif", one), shared = l.image("shared.tif", one);
  l.db.ask(link_objects{.who = l.ada, .parent = two, .children = {shared}});
  auto q = l.deletion(l.ada, object_type::dataset, {one});
  const auto shallow = l.erase(q);
  CHECK(l.has("images", alone));
  CHECK(
    l.number(fmt::format("select count(*) from images where orphan and id = {}", alone))
    == 1);
  l.restore(l.ada, shallow);
  q.contents = true;
  CHECK(l.erase(q).at("counts").at("image") == 1);
  CHECK_FALSE(l.has("images", alone));
  CHECK(l.has("images", shared));
}

TEST_CASE("deletion: images of one file go together") {
  lab l;
  const auto two = l.pair();
  auto half = l.deletion(l.ada, object_type::image, {two[0]});
  half.preview = true;
  const auto told = json::parse(l.db.ask(half).text);
  REQUIRE(told.at("blocked").size() == 1);
  CHECK(told.at("blocked")[0].at("reason").get<std::string>().find(std::to_string(two[1]))
        != std::string::npos);
  CHECK(told.at("counts").empty());
  half.preview = false;
  CHECK(l.db.refusal(half) == errc::conflict);
  const auto dataset = l.dataset("half");
  l.db.ask(link_objects{.who = l.ada, .parent = dataset, .children = {two[0]}});
  auto q = l.deletion(l.ada, object_type::dataset, {dataset});
  q.contents = true;
  CHECK(l.erase(q).at("left").size() == 1);
  CHECK(l.has("images", two[0]));
  CHECK(l.erase(l.deletion(l.ada, object_type::image, two)).at("counts").at("fileset")
        == 1);
  CHECK(l.number("select count(*) from files") == 0);
}

TEST_CASE("deletion: images of a plate go with the plate, and only so") {
  lab l;
  const auto image = l.image("field.tif");
  const auto plate = l.plate(image);
  const auto before = l.rows();
  CHECK(l.db.refusal(l.deletion(l.ada, object_type::image, {image})) == errc::conflict);
  const auto done = l.erase(l.deletion(l.ada, object_type::plate, {plate}));
  CHECK(done.at("counts").at("image") == 1);
  CHECK(done.at("counts").at("well") == 1);
  l.restore(l.ada, done);
  CHECK(l.rows() == before);
  // In a dataset that stays it holds the plate back.
  const auto dataset = l.dataset("d");
  l.db.ask(link_objects{.who = l.ada, .parent = dataset, .children = {image}});
  CHECK(l.db.refusal(l.deletion(l.ada, object_type::plate, {plate})) == errc::conflict);
  CHECK(l.has("plates", plate));
}

TEST_CASE("deletion: only what one may, and parts only with their wholes") {
  lab l;
  const auto image = l.image("a.tif");
  CHECK(l.db.refusal(l.deletion(l.bert, object_type::image, {image})) == errc::denied);
  CHECK(l.db.refusal(l.deletion(l.ada, object_type::image, {999999})) == errc::not_found);
  CHECK(l.db.refusal(l.deletion(l.ada, object_type::image, {})) == errc::bad_request);
  CHECK(l.db.refusal(l.deletion(l.ada, object_type::channel, {1})) == errc::bad_request);
  auto guest = l.ada;
  guest.author = 0;
  CHECK(l.db.refusal(l.deletion(guest, object_type::image, {image})) == errc::denied);
  const auto done = l.erase(l.deletion(l.ada, object_type::image, {999999, image}));
  CHECK(done.at("blocked").size() == 1);
  CHECK(done.at("blocked")[0].at("error") == to_string(errc::not_found));
  CHECK_FALSE(l.has("images", image));
}

TEST_CASE("deletion: an image that comes back to a dataset that is gone is an orphan") {
  lab l;
  const auto dataset = l.dataset("d"), image = l.image("a.tif", dataset);
  auto orphan = [&] {
    return l.number(
      fmt::format("select count(*) from images where orphan and id = {}", image));
  };
  const auto first = l.erase(l.deletion(l.ada, object_type::image, {image}));
  l.restore(l.ada, first);
  CHECK(orphan() == 0);
  const auto again = l.erase(l.deletion(l.ada, object_type::image, {image}));
  l.erase(l.deletion(l.ada, object_type::dataset, {dataset}));
  const auto back = l.restore(l.ada, again);
  CHECK(back.at("dropped").at("links") == 1);
  CHECK(orphan() == 1);
}

TEST_CASE(
  "deletion: what stays is found and orphaned as before, whatever leaves with it") {
  lab l;
  const auto dataset = l.dataset("d");
  const auto stays = l.image("stays.tif", dataset),
             leaves = l.image("leaves.tif", dataset);
  const auto tag = l.tag(l.ada, "rarely");
  l.put(tag, object_type::image, stays, l.ada);
  l.put(tag, object_type::image, leaves, l.ada);
  l.erase(l.deletion(l.ada, object_type::image, {leaves}));
  CHECK(l.number(
          fmt::format("select count(*) from images where not orphan and id = {}", stays))
        == 1);
  CHECK(l.number("select count(*) from search_docs where words @@ 'rarely'::tsquery")
        == 1);
  l.erase(l.deletion(l.ada, object_type::dataset, {dataset}));
  CHECK(
    l.number(fmt::format("select count(*) from images where orphan and id = {}", stays))
    == 1);
  l.erase(l.deletion(l.ada, object_type::annotation, {tag}));
  CHECK(l.number("select count(*) from search_docs where words @@ 'rarely'::tsquery")
        == 0);
}

TEST_CASE("deletion: regions of others take a confirmation") {
  lab l;
  const auto image = l.image("a.tif");
  const auto mine = l.roi(l.ada, image), his = l.roi(l.bert, image);
  auto q = l.deletion(l.ada, object_type::image, {image});
  CHECK(l.db.refusal(q) == errc::conflict);
  CHECK(l.has("rois", mine));
  q.preview = true;
  CHECK(json::parse(l.db.ask(q).text).at("needsConfirm") == true);
  q.preview = false;
  q.confirmed = true;
  const auto done = l.erase(q);
  CHECK(done.at("others").at("roi") == 1);
  CHECK_FALSE(l.has("rois", his));
  l.restore(l.ada, done);
  CHECK(l.has("rois", his));
}

TEST_CASE("deletion: annotations that are on nothing else, by kind and owner") {
  lab l;
  const auto image = l.image("a.tif"), other = l.image("b.tif");
  const auto mine = l.tag(l.ada, "mine"), shared = l.tag(l.ada, "shared"),
             his = l.tag(l.bert, "his"),
             comment = l.annotation(l.bert, 2, "text_value", "'nice'"),
             his_map = l.annotation(l.bert, 9, "pairs", "'[]'");
  for (auto a : {mine, shared, his, comment, his_map})
    l.put(a, object_type::image, image, l.ada);
  l.put(shared, object_type::image, other, l.ada);
  l.erase(l.deletion(l.ada, object_type::image, {image}));
  CHECK_FALSE(l.has("annotations", mine));
  CHECK_FALSE(l.has("annotations", comment));
  CHECK(l.has("annotations", shared));
  CHECK(l.has("annotations", his));
  CHECK(l.has("annotations", his_map));
  const auto kept = l.tag(l.ada, "kept");
  l.put(kept, object_type::image, other, l.ada);
  auto q = l.deletion(l.ada, object_type::image, {other});
  q.keep = {"tag"};
  l.erase(q);
  CHECK(l.has("annotations", kept));
  q.keep = {"everything"};
  CHECK(l.db.refusal(q) == errc::bad_request);
}

TEST_CASE("deletion: a tag on what one may not delete stays") {
  lab l;
  const auto image = l.image("a.tif");
  const auto his = l.tag(l.bert, "his"), unused = l.tag(l.bert, "unused"),
             set = l.tag(l.bert, "set");
  l.put(his, object_type::image, image, l.bert);
  l.put(unused, object_type::annotation, set, l.bert);
  CHECK(l.db.refusal(l.deletion(l.bert, object_type::annotation, {his}))
        == errc::conflict);
  l.erase(l.deletion(l.bert, object_type::annotation, {set}));
  CHECK(l.has("annotations", unused));
  l.erase(l.deletion(l.bert, object_type::annotation, {unused}));
  CHECK_FALSE(l.has("annotations", unused));
}

TEST_CASE("deletion: folders let go of what was in them") {
  lab l;
  auto folder = [&](const std::string& name, std::optional<int64_t> parent) {
    create_container q{.who = l.ada, .name = name, .parent = parent};
    return json::parse(l.db.ask(q).text).at("id").get<int64_t>();
  };
  const auto top = folder("top", {}), below = folder("below", top);
  const auto before = l.rows();
  const auto done = l.erase(l.deletion(l.ada, object_type::folder, {top}));
  CHECK(l.number(fmt::format("select count(*) from folders where id = {}"
                             " and parent_id is null",
                             below))
        == 1);
  l.restore(l.ada, done);
  CHECK(l.rows() == before);
  auto q = l.deletion(l.ada, object_type::folder, {top});
  q.contents = true;
  const auto both = l.erase(q);
  CHECK(both.at("counts").at("folder") == 2);
  l.restore(l.ada, both);
  CHECK(l.rows() == before);
}

TEST_CASE("trash: for who deleted it, for owners and administrators") {
  lab l;
  const auto image = l.image("a.tif");
  const auto done = l.erase(l.deletion(l.root, object_type::image, {image}));
  CHECK(l.db.ask(list_trash{.who = l.ada}).total == 1);
  CHECK(l.db.ask(list_trash{.who = l.root}).total == 1);
  CHECK(l.db.ask(list_trash{.who = l.bert}).total == 0);
  CHECK(l.db.refusal(restore_trash{l.bert, done.at("trash")}) == errc::not_found);
  l.restore(l.ada, done);
  CHECK(l.has("images", image));
  CHECK(l.db.refusal(restore_trash{l.ada, done.at("trash")}) == errc::not_found);
}

TEST_CASE(
  "trash: what lay on something waits for it, links to what is gone are dropped") {
  lab l;
  const auto dataset = l.dataset("d");
  const auto image = l.image("a.tif", dataset);
  const auto roi = l.roi(l.ada, image);
  const auto region = l.erase(l.deletion(l.ada, object_type::roi, {roi}));
  const auto picture = l.erase(l.deletion(l.ada, object_type::image, {image}));
  l.erase(l.deletion(l.ada, object_type::dataset, {dataset}));
  CHECK(l.db.refusal(restore_trash{l.ada, region.at("trash")}) == errc::conflict);
  CHECK(l.restore(l.ada, picture).at("dropped").at("links") == 1);
  CHECK(l.number("select count(*) from images where orphan") == 1);
  l.restore(l.ada, region);
  CHECK(l.has("rois", roi));
}

TEST_CASE("trash: files are doomed when its time is over, not before") {
  lab l;
  const auto image = l.image("a.tif"), other = l.image("b.tif");
  const std::string hash(64, 'a');
  auto attach = [&](int64_t to) {
    const auto file = l.insert(fmt::format("insert into attachments (owner_id, group_id,"
                                           " name, bytes, sha256) values ({}, {}, 'f', 1,"
                                           " decode('{}', 'hex'))",
                                           l.ada.account, l.group, hash));
    l.put(l.annotation(l.ada, 10, "attachment_id", std::to_string(file)),
          object_type::image, to, l.ada);
  };
  attach(image);
  attach(other);
  const auto done = l.erase(l.deletion(l.ada, object_type::image, {image}));
  l.db.ask(purge_expired{});
  CHECK(l.db.ask(list_doomed_files{}).files.empty());
  CHECK(l.db.refusal(purge_trash{l.bert, done.at("trash")}) == errc::not_found);
  l.run_sql("update trash set purge_after = now()");
  l.db.ask(purge_expired{});
  CHECK(l.number("select count(*) from trash") == 0);
  auto files = l.db.ask(list_doomed_files{}).files;
  // The attachment's bytes are still the other image's.
  REQUIRE(files.size() == 2);
  CHECK(files[0].path == "originals/000/000/000000001/a.tif");
  CHECK(files[1].path == managed_directory::derived_folder(image));
  l.db.ask(forget_doomed_files{{files[0].id, files[1].id}});
  const auto rest = l.erase(l.deletion(l.ada, object_type::image, {other}));
  l.db.ask(purge_trash{l.ada, rest.at("trash")});
  files = l.db.ask(list_doomed_files{}).files;
  CHECK(std::any_of(files.begin(), files.end(), [&](auto& f) {
    return f.path == managed_directory::attachment_file(hash);
  }));
}
