// Annotations: who may put what on what, what stays, what goes.

#include "schema/password.hpp"
#include "schema/queries/annotate.hpp"
#include "schema/queries/annotation_table.hpp"
#include "schema/queries/containers.hpp"
#include "schema/queries/own_sessions.hpp"
#include "schema/queries/tags.hpp"
#include "tests/support/scratch_database.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace troupe;
using metadata::annotation_kind;
using nlohmann::json;

namespace {

/// A read-annotate group of two, an image of each, and one that belongs to neither.
struct annotations_lab {
  test::scratch_database db;
  int64_t group = make_group();
  viewer ada = db.add_account("ada", false, "lab"),
         ben = db.add_account("ben", false, "lab"), root = db.add_account("root", true),
         stranger = db.add_account("stranger");
  int64_t image = db.add_image(ada, "one.tif"), other = db.add_image(ben, "two.tif");

  annotations_lab() { // rights come with what is in the group
    for (auto [who, login] : {std::pair{&ada, "ada"}, std::pair{&ben, "ben"}})
      *who = db.ask(find_session{hash_token(login)}).who;
  }
  int64_t make_group() {
    int64_t id = 0;
    db.sql() << "insert into groups (name, level) values ('lab', 2) returning id",
      soci::into(id);
    return id;
  }

  static new_annotation plain(annotation_kind kind, json value,
                              const std::string& name_space = "") {
    return {.kind = kind, .value = std::move(value), .name_space = name_space};
  }
  static new_annotation tag(const std::string& name) {
    return plain(annotation_kind::tag, name);
  }
  json make(const viewer& who, new_annotation what, std::vector<int64_t> on = {}) {
    return json::parse(db.ask(create_annotation{.who = who,
                                                .what = std::move(what),
                                                .targets = std::move(on)})
                         .text);
  }
  errc refusal(const viewer& who, new_annotation what, std::vector<int64_t> on = {}) {
    return db.refusal(
      create_annotation{.who = who, .what = std::move(what), .targets = std::move(on)});
  }
  annotated_objects annotate(const viewer& who, std::vector<int64_t> ids,
                             std::vector<int64_t> known,
                             std::vector<new_annotation> fresh = {}) {
    return db.ask(annotate_objects{.who = who,
                                   .ids = std::move(ids),
                                   .annotations = std::move(known),
                                   .fresh = std::move(fresh)});
  }
  batch_result take_off(const viewer& who, int64_t id, int64_t annotation,
                        bool only_own = false) {
    return db.ask(unannotate_objects{
      .who = who, .ids = {id}, .annotations = {annotation}, .only_own = only_own});
  }
  json on(const viewer& who, int64_t id, object_type type = object_type::image) {
    return json::parse(db.ask(list_annotations{.who = who, .type = type, .id = id}).text)
      .at("items");
  }
  bool exists(const json& annotation) {
    return db.refusal(find_annotation{root, annotation.at("id")}) == errc::none;
  }
  int64_t count(const std::string& table) {
    int64_t rows = 0;
    db.sql() << "select count(*) from " + table, soci::into(rows);
    return rows;
  }
};

int64_t id_of(const json& x) {
  return x.at("id");
}

} // namespace

TEST_CASE("annotations: every kind keeps its value and takes no other") {
  annotations_lab l;
  const auto pairs =
    json::parse(R"([{"k":"b","v":"1"},{"k":"a","v":""},{"k":"b","v":"2"}])");
  const std::pair<annotation_kind, json> all[] = {
    {annotation_kind::tag, "red"},
    {annotation_kind::comment, "two\nlines"},
    {annotation_kind::xml, "<a/>"},
    {annotation_kind::term, "GO 5634"},
    {annotation_kind::long_integer, -9007199254740993},
    {annotation_kind::floating, 0.1},
    {annotation_kind::boolean, false},
    {annotation_kind::timestamp, "2024-02-29T12:00:00.000000Z"},
    {annotation_kind::map, pairs},
    {annotation_kind::list, nullptr}};
  for (auto& [kind, value] : all) {
    CAPTURE(static_cast<int>(kind));
    const auto made = l.make(l.ada, annotations_lab::plain(kind, value), {l.image});
    CHECK(made.at("value") == value);
    CHECK(made.at("version") == 1);
    if (kind != annotation_kind::list)
      CHECK(l.refusal(l.ada, annotations_lab::plain(kind, json::object()))
            == errc::bad_request);
    if (kind != annotation_kind::map)
      CHECK(l.refusal(l.ada, annotations_lab::plain(kind, pairs)) == errc::bad_request);
  }
  CHECK(l.on(l.ben, l.image).size() == std::size(all));
  for (auto& wrong :
       {json("2023-02-29T12:00:00Z"), json("yesterday"), json("2023-02-28")})
    CHECK(l.refusal(l.ada, annotations_lab::plain(annotation_kind::timestamp, wrong))
          == errc::bad_request);
  CHECK(l.refusal(l.ada, annotations_lab::plain(annotation_kind::long_integer,
                                                18446744073709551615u))
        == errc::bad_request);
  CHECK(l.refusal(l.ada, annotations_lab::tag("  ")) == errc::bad_request);
  CHECK(l.refusal(l.ada, annotations_lab::tag(std::string{"a\0b", 3}))
        == errc::bad_request);
  CHECK(l.refusal(l.ada, annotations_lab::plain(annotation_kind::map,
                                                json::parse(R"([{"k":"a"}])")))
        == errc::bad_request);
  CHECK(l.refusal(l.ada, annotations_lab::plain(annotation_kind::file, nullptr))
        == errc::bad_request);
}

TEST_CASE("annotations: who linked what, and that it takes a right") {
  annotations_lab l;
  const auto tag = l.make(l.ada, annotations_lab::tag("red"), {l.image});
  CHECK(id_of(tag)
        == l.annotate(l.ben, {l.image, l.other}, {id_of(tag)}).annotations.at(0));
  const auto items = l.on(l.ada, l.image);
  REQUIRE(items.size() == 1);
  CHECK(items[0].at("on").size() == 1);
  REQUIRE(items[0].at("links").size() == 2);
  CHECK(items[0].at("links")[0].at("by").at("login") == "ada");
  CHECK(items[0].at("links")[1].at("by").at("login") == "ben");
  // Again: done, and nothing more is there.
  CHECK(l.annotate(l.ben, {l.image}, {id_of(tag)}).objects.done
        == std::vector<int64_t>{l.image});
  CHECK(l.on(l.ada, l.image)[0].at("links").size() == 2);

  CHECK(l.refusal(l.stranger, annotations_lab::tag("x"), {l.image}) == errc::not_found);
  CHECK(l.db.refusal(annotate_objects{
          .who = l.stranger, .ids = {l.image}, .annotations = {id_of(tag)}})
        == errc::not_found);
  CHECK(l.db.refusal(list_annotations{.who = l.stranger, .id = l.image})
        == errc::not_found);
  CHECK(l.db.refusal(find_annotation{l.stranger, id_of(tag)}) == errc::not_found);
  // Read-only: seen, not annotated. All or nothing when one annotation is made.
  l.db.sql() << "update groups set level = 1 where name = 'lab'";
  const auto ben = l.db.ask(find_session{hash_token("ben")}).who;
  const auto before = l.count("annotations");
  CHECK(l.refusal(ben, annotations_lab::tag("x"), {l.other, l.image}) == errc::denied);
  CHECK(l.count("annotations") == before);
  const auto some =
    l.annotate(ben, {l.other, l.image, 999}, {}, {annotations_lab::tag("x")});
  CHECK(some.objects.done == std::vector<int64_t>{l.other});
  REQUIRE(some.objects.refused.size() == 2);
  CHECK(some.objects.refused[0].why == errc::denied);
  CHECK(some.objects.refused[1].why == errc::not_found);
}

TEST_CASE("annotations: a guest changes nothing, and groups do not mix") {
  annotations_lab l;
  const auto tag = l.make(l.ada, annotations_lab::tag("red"), {l.image});
  auto guest = l.ada;
  guest.author = 0;
  CHECK(l.refusal(guest, annotations_lab::tag("x")) == errc::denied);
  CHECK(l.db.refusal(
          annotate_objects{.who = guest, .ids = {l.image}, .annotations = {id_of(tag)}})
        == errc::denied);
  CHECK(l.db.refusal(
          unannotate_objects{.who = guest, .ids = {l.image}, .annotations = {id_of(tag)}})
        == errc::denied);
  CHECK(l.db.refusal(rate_objects{.who = guest, .ids = {l.image}, .rating = 3})
        == errc::denied);
  CHECK(l.db.refusal(check_attachment{guest, "a.txt", ""}) == errc::denied);

  l.db.sql() << "update groups set level = 2 where name = 'default'";
  const auto mine = l.db.add_image(l.stranger, "elsewhere.tif");
  const auto stranger = l.db.ask(find_session{hash_token("stranger")}).who;
  const auto elsewhere = l.make(stranger, annotations_lab::tag("red"), {mine});
  const auto root = l.db.ask(find_session{hash_token("root")}).who;
  const auto mixed = l.annotate(root, {l.image, mine}, {id_of(elsewhere)});
  CHECK(mixed.objects.done == std::vector<int64_t>{mine});
  REQUIRE(mixed.objects.refused.size() == 1);
  CHECK(mixed.objects.refused[0].why == errc::conflict);
  CHECK(l.db.refusal(annotate_objects{
          .who = root, .ids = {l.image}, .annotations = {id_of(tag), id_of(elsewhere)}})
        == errc::conflict);
}

TEST_CASE("annotations: own links go always, others' with the right to edit") {
  annotations_lab l;
  const auto tag = l.make(l.ada, annotations_lab::tag("red"), {l.image});
  l.annotate(l.ben, {l.image}, {id_of(tag)});
  CHECK(l.take_off(l.ada, l.image, id_of(tag), true).done.size() == 1);
  CHECK(l.on(l.ada, l.image)[0].at("links").size() == 1); // ben's
  l.annotate(l.ada, {l.image}, {id_of(tag)});
  CHECK(l.take_off(l.ben, l.image, id_of(tag)).done.size() == 1);
  const auto refused = l.take_off(l.ben, l.image, id_of(tag)); // ada's is left
  REQUIRE(refused.refused.size() == 1);
  CHECK(refused.refused[0].why == errc::denied);
  l.annotate(l.ben, {l.image}, {id_of(tag)});
  CHECK(l.take_off(l.ada, l.image, id_of(tag)).done.size() == 1); // it is ada's image
  CHECK(l.on(l.ada, l.image).empty());
  CHECK(l.take_off(l.ada, l.image, id_of(tag)).refused.at(0).why == errc::not_found);
  CHECK(l.exists(tag));
}

TEST_CASE("annotations: what means nothing alone ends with its last link") {
  annotations_lab l;
  const auto note = l.make(
    l.ben, annotations_lab::plain(annotation_kind::comment, "look"), {l.image, l.other});
  const auto map = l.make(
    l.ada,
    annotations_lab::plain(annotation_kind::map, json::parse(R"([{"k":"a","v":"1"}])")),
    {l.image});
  CHECK(map.at("namespace") == std::string{name_space::key_values});
  l.take_off(l.ada, l.image, id_of(note));
  CHECK(l.exists(note));
  l.take_off(l.ben, l.other, id_of(note));
  CHECK_FALSE(l.exists(note));
  l.take_off(l.ada, l.image, id_of(map));
  CHECK(l.exists(map));
}

TEST_CASE("annotations: changed by who may edit, in the order of versions") {
  annotations_lab l;
  const auto made =
    l.make(l.ada, annotations_lab::plain(annotation_kind::comment, "one"), {l.image});
  change_annotation q{
    .who = l.ada, .annotation = id_of(made), .value = json("two"), .version = 1};
  const auto changed = json::parse(l.db.ask(q).text);
  CHECK(changed.at("value") == "two");
  CHECK(changed.at("version") == 2);
  CHECK(l.db.refusal(q) == errc::conflict);
  q.version.reset();
  q.who = l.ben;
  CHECK(l.db.refusal(q) == errc::denied);
  q.who = l.stranger;
  CHECK(l.db.refusal(q) == errc::not_found);
  q = {.who = l.ada, .annotation = id_of(made), .value = json(7)};
  CHECK(l.db.refusal(q) == errc::bad_request);
  q = {.who = l.ada, .annotation = id_of(made), .name_space = "lab/notes"};
  const auto named = json::parse(l.db.ask(q).text);
  CHECK(named.at("namespace") == "lab/notes");
  CHECK(named.at("value") == "two");
  CHECK(l.db.refusal(change_annotation{.who = l.ada, .annotation = id_of(made)})
        == errc::bad_request);
}

TEST_CASE("annotations: deleted unless somebody put them where one may not edit") {
  annotations_lab l;
  const auto tag =
    l.make(l.ada, annotations_lab::tag("red"), {l.other}); // on ben's, by ada herself
  const auto remove = [&](const viewer& who) {
    return l.db.ask(delete_annotations{who, {id_of(tag)}});
  };
  CHECK(remove(l.ben).refused.at(0).why == errc::denied);
  CHECK(remove(l.stranger).refused.at(0).why == errc::not_found);
  l.annotate(l.ben, {l.other}, {id_of(tag)});
  CHECK(remove(l.ada).refused.at(0).why == errc::conflict);
  l.take_off(l.ben, l.other, id_of(tag), true);
  CHECK(remove(l.ada).done == std::vector<int64_t>{id_of(tag)});
  CHECK_FALSE(l.exists(tag));
  CHECK(l.on(l.ben, l.other).empty());

  const stored_file bytes{"a.txt", "text/plain", std::string(64, 'a'), 3};
  new_annotation what{.kind = annotation_kind::file, .file = bytes};
  const auto file = l.make(l.ada, what, {l.image});
  CHECK(file.at("file").at("name") == "a.txt");
  CHECK(l.count("attachments") == 1);
  l.db.ask(delete_annotations{l.ada, {id_of(file)}});
  CHECK(l.count("attachments") == 0);
}

TEST_CASE("annotations: a rating per person and object") {
  annotations_lab l;
  auto rate = [&](const viewer& who, int32_t rating) {
    return l.db.ask(
      rate_objects{.who = who, .ids = {l.image, l.other}, .rating = rating});
  };
  CHECK(rate(l.ada, 3).done.size() == 2);
  rate(l.ben, 5);
  rate(l.ada, 4);
  auto ratings = l.on(l.ada, l.image);
  REQUIRE(ratings.size() == 2);
  std::vector<int> values{ratings[0].at("value").get<int>(),
                          ratings[1].at("value").get<int>()};
  std::sort(values.begin(), values.end());
  CHECK(values == std::vector<int>{4, 5});
  const auto someones = id_of(ratings[0]);
  CHECK(l.db.refusal(
          annotate_objects{.who = l.ada, .ids = {l.other}, .annotations = {someones}})
        == errc::bad_request);
  CHECK(l.refusal(l.ada, annotations_lab::plain(annotation_kind::long_integer, 9,
                                                std::string{name_space::rating}))
        == errc::bad_request);
  rate(l.ada, 0);
  CHECK(l.on(l.ada, l.image).size() == 1);
  CHECK(l.count("annotations") == 2); // ben's
  CHECK(l.db.refusal(rate_objects{.who = l.ada, .ids = {l.image}, .rating = 6})
        == errc::bad_request);
}

TEST_CASE("tags: found by their text, in sets, with what carries them") {
  annotations_lab l;
  const auto set =
    l.make(l.ada, annotations_lab::plain(annotation_kind::tag, "colours",
                                         std::string{name_space::tag_set}));
  const auto red = l.make(l.ada, annotations_lab::tag("Red"), {l.image, l.other});
  const auto ten = l.make(l.ben, annotations_lab::tag("red 10%"), {l.image});
  const auto two = l.make(l.ben, annotations_lab::tag("red 2"));
  l.db.ask(annotate_objects{.who = l.ada,
                            .type = object_type::annotation,
                            .ids = {id_of(set)},
                            .annotations = {id_of(red)}});
  auto found = [&](list_tags q) {
    std::vector<std::string> names;
    if (q.who.account == 0)
      q.who = l.ada;
    const auto page = l.db.ask(q);
    CHECK(page.total >= static_cast<int64_t>(page.items.size()));
    for (auto& item : page.items)
      names.push_back(json::parse(item.text).at("value"));
    return names;
  };
  using names = std::vector<std::string>;
  CHECK(found({.sets = false}) == names{"Red", "red 2", "red 10%"});
  CHECK(found({.sets = true}) == names{"colours"});
  CHECK(found({.search = "ED", .sets = false}).size() == 3);
  CHECK(found({.search = "ed", .prefix = true}).empty());
  CHECK(found({.search = "%"}) == names{"red 10%"});
  CHECK(found({.mine = true}) == names{"colours", "Red"});
  CHECK(found({.in = id_of(set)}) == names{"Red"});
  CHECK(found({.who = l.stranger}).empty());
  const auto first = l.db.ask(list_tags{.who = l.ada, .page = {.limit = 2}});
  const auto rest = l.db.ask(list_tags{.who = l.ada, .page = {.after = first.next}});
  CHECK(first.items.size() == 2);
  CHECK(rest.items.size() == 2);
  const auto item = json::parse(
    l.db.ask(list_tags{.who = l.ada, .search = "Red", .mine = true}).items.at(0).text);
  CHECK(item.at("uses") == 2);

  const auto carriers = l.db.ask(
    list_annotated{.who = l.ben, .annotation = id_of(red), .page = {.limit = 1}});
  CHECK(carriers.total == 2);
  CHECK(json::parse(carriers.items.at(0).text).at("name") == "one.tif");
  const auto more = l.db.ask(list_annotated{
    .who = l.ben, .annotation = id_of(red), .page = {.after = carriers.next}});
  CHECK(json::parse(more.items.at(0).text).at("name") == "two.tif");
  CHECK(more.next.empty());
  CHECK(l.db.refusal(list_annotated{.who = l.stranger, .annotation = id_of(red)})
        == errc::not_found);
  // Typed again, it is the tag there is.
  CHECK(
    l.annotate(l.ben, {l.other}, {}, {annotations_lab::tag("red 2")}).annotations.at(0)
    == id_of(two));
  CHECK(id_of(ten) != id_of(two));
}

TEST_CASE("keys: counted as they are written, changed and deleted") {
  annotations_lab l;
  auto keys = [&](const viewer& who, const std::string& search = "") {
    return json::parse(l.db.ask(list_keys{.who = who, .search = search}).text)
      .at("items");
  };
  const auto map = l.make(
    l.ada,
    annotations_lab::plain(
      annotation_kind::map,
      json::parse(R"([{"k":"dose","v":"1"},{"k":"dose","v":"2"},{"k":"Drug","v":"x"}])")),
    {l.image});
  CHECK(keys(l.ben)
        == json::parse(R"([{"key":"dose","uses":2},{"key":"Drug","uses":1}])"));
  CHECK(keys(l.ben, "dr").size() == 1);
  CHECK(keys(l.stranger).empty());
  l.db.ask(change_annotation{.who = l.ada,
                             .annotation = id_of(map),
                             .value = json::parse(R"([{"k":"drug","v":"y"}])")});
  CHECK(keys(l.ben) == json::parse(R"([{"key":"drug","uses":1}])"));
  l.db.ask(delete_annotations{l.ada, {id_of(map)}});
  CHECK(keys(l.ben).empty());
}

TEST_CASE("tables: rows find their images by name, and come out as they went in") {
  annotations_lab l;
  const auto dataset = l.db.ask(create_dataset{l.ada, "series", "", {}}).id;
  for (auto name : {"a.tif", "b.tif", "twin.tif", "twin.tif"})
    l.db.add_image(l.ada, name, dataset);
  const std::string text = "\xEF\xBB\xBFImage Name;dose;dose;Tags\r\n"
                           "a.tif;1,5;\"2;\"\"x\"\"\";red, green\r\n"
                           "b.tif;;;red\r\n"
                           "twin.tif;3;;\r\n"
                           "none.tif;4;;\r\n";
  const object_table table{object_type::dataset, dataset, text};
  const auto before = l.count("annotations");
  const auto preview = json::parse(l.db.ask(preview_table{l.ada, table}).text);
  CHECK(preview.at("counts")
        == json{{"match", 2}, {"ambiguous", 1}, {"missing", 1}, {"denied", 0}});
  CHECK(preview.at("keys") == json{"dose", "dose"});
  CHECK(preview.at("rows").at(2).at("ids").size() == 2);
  CHECK(l.count("annotations") == before);
  const auto made = json::parse(l.db.ask(import_table{l.ada, table, ""}).text);
  CHECK(made.at("annotations").size() == 3); // a map and two tags

  export_table out{.who = l.ben, .type = object_type::dataset, .parent = dataset};
  const auto written = l.db.ask(out);
  CHECK(written.name == "series");
  CHECK(written.text.starts_with("image id,image,dose,dose,tag,tag\r\n"));
  CHECK(written.text.find(",a.tif,\"1,5\",\"2;\"\"x\"\"\",green,red\r\n")
        != std::string::npos);
  CHECK(written.text.find(",b.tif,,,red,\r\n") != std::string::npos);
  const object_table again{object_type::dataset, dataset, written.text};
  const auto same = json::parse(l.db.ask(preview_table{l.ada, again}).text);
  CHECK(same.at("counts").at("match") == 4); // by id twins are told apart
  CHECK(same.at("keys") == json{"dose", "dose"});

  // Deleting what was made undoes it.
  l.db.ask(delete_annotations{l.ada, made.at("annotations").get<std::vector<int64_t>>()});
  CHECK(l.db.ask(out).text.starts_with("image id,image\r\n"));
  auto refusal = [&](const viewer& who, const std::string& bad) {
    return l.db.refusal(import_table{who, {object_type::dataset, dataset, bad}, ""});
  };
  CHECK(refusal(l.ada, "colour,dose\nx,1\n") == errc::bad_request);
  CHECK(refusal(l.ada, "name,dose\n\"x,1\n") == errc::bad_request);
  CHECK(refusal(l.stranger, text) == errc::not_found);
}

TEST_CASE("tables: rows of a plate are its wells") {
  annotations_lab l;
  int64_t plate = 0;
  l.db.sql() << R"sql(
    insert into plates (owner_id, group_id, name, rows, columns)
    values (:owner, :group, 'screened', 1, 12) returning id)sql",
    soci::use(l.ada.account, "owner"), soci::use(l.group, "group"), soci::into(plate);
  l.db.sql() << R"sql(
    insert into wells (plate_id, group_id, well_row, well_column)
    select cast(:plate as bigint), cast(:group as bigint), 0, n from generate_series(0, 11) as n)sql",
    soci::use(plate, "plate"), soci::use(l.group, "group");
  const object_table table{object_type::plate, plate,
                           "well,drug,tag\na01,taxol,toxic\nA10,,toxic\nH12,x,\n"};
  const auto made = json::parse(l.db.ask(import_table{l.ada, table, "lab/drugs"}).text);
  CHECK(made.at("of") == "well");
  CHECK(made.at("counts").at("match") == 2);
  CHECK(made.at("counts").at("missing") == 1);
  CHECK(made.at("annotations").size() == 2);
  const auto well = made.at("rows").at(0).at("ids").at(0).get<int64_t>();
  const auto items = l.on(l.ben, well, object_type::well);
  REQUIRE(items.size() == 2);
  CHECK(items[0].at("namespace") == "lab/drugs");
  const auto text = l.db.ask(export_table{l.ben, object_type::plate, plate}).text;
  CHECK(text.starts_with("well,drug,tag\r\nA1,taxol,toxic\r\nA2,,\r\n"));
  CHECK(text.find("A9,,\r\nA10,,toxic\r\n") != std::string::npos);
  CHECK(l.db.ask(export_table{l.ben, object_type::plate, plate, true}).text
        == "image id,image\r\n");
}
