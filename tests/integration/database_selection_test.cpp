// Objects chosen by what people search for, as the asker sees them.

#include "schema/queries/annotate.hpp"
#include "schema/queries/moves.hpp"
#include "schema/queries/view_settings.hpp"
#include "tests/support/lab.hpp"

using namespace troupe;
using test::lab;

namespace {

using ids = std::vector<int64_t>;

/// Two datasets with images whose names can be searched for.
struct collection : lab {
  int64_t monday = dataset("monday"), tuesday = dataset("tuesday");
  int64_t first = image("mitosis 1.tif", monday), second = image("mitosis 2.tif", monday),
          third = image("mitosis 3.tif", tuesday), other = image("cilia.tif", tuesday);
  viewer outside = db.add_account("outside");

  ids found(const viewer& who, const selection& s,
            object_type type = object_type::image) {
    return resolve(db.sql(), who, type, s);
  }
  errc refusal_of(const viewer& who, const selection& s,
                  object_type type = object_type::image) {
    try {
      resolve(db.sql(), who, type, s);
      return errc::none;
    } catch (const failure& f) {
      return f.code;
    }
  }
  std::string name_of(int64_t id) { return db.ask(find_image{ada, id}).entry.name; }
};

constexpr auto in_dataset = [](int64_t id) {
  return selection::container{object_type::dataset, id};
};

} // namespace

TEST_CASE("selection: words, places, and what is added and taken away") {
  collection c;
  CHECK(c.found(c.ada, {.query = "mitosis"}) == ids{c.first, c.second, c.third});
  CHECK(c.found(c.ada, {.query = "mitosis", .within = {in_dataset(c.monday)}})
        == ids{c.first, c.second});
  CHECK(c.found(c.ada, {.within = {in_dataset(c.monday), in_dataset(c.tuesday)}})
        == ids{c.first, c.second, c.third, c.other});
  CHECK(c.found(c.ada, {.query = "", .within = {in_dataset(c.tuesday)}})
        == ids{c.third, c.other});
  CHECK(c.found(c.ada, {.query = "mitosis", .minus = {c.second, c.other}})
        == ids{c.first, c.third});
  CHECK(c.found(c.ada, {.query = "mitosis",
                        .within = {in_dataset(c.monday)},
                        .plus = {c.other, c.first},
                        .minus = {c.second}})
        == ids{c.first, c.other});
  CHECK(c.found(c.ada, {.plus = {c.other, c.first, c.other}}) == ids{c.first, c.other});
  CHECK(c.found(c.ada, {.query = "monday"}, object_type::dataset) == ids{c.monday});
}

TEST_CASE("selection: images below projects, plates and folders") {
  collection c;
  const auto project = c.db.ask(create_project{c.ada, "p", ""}).id;
  c.db.ask(link_objects{.who = c.ada,
                        .parent_type = object_type::project,
                        .child_type = object_type::dataset,
                        .parent = project,
                        .children = {c.monday}});
  const auto plate = c.plate(c.other);
  CHECK(c.found(c.ada, {.within = {{object_type::project, project}}})
        == ids{c.first, c.second});
  CHECK(c.found(c.ada, {.within = {{object_type::plate, plate}}}) == ids{c.other});
  CHECK(c.found(c.ada, {.within = {{object_type::plate, plate},
                                   {object_type::project, project}}})
        == ids{c.first, c.second, c.other});
  CHECK(
    c.found(c.ada, {.within = {{object_type::project, project}}}, object_type::dataset)
    == ids{c.monday});
}

TEST_CASE("selection: only what the asker sees is found") {
  collection c;
  CHECK(c.refusal_of(c.outside, {.query = "mitosis"}) == errc::bad_request);
  CHECK(c.refusal_of(c.outside, {.within = {in_dataset(c.monday)}}) == errc::not_found);
  CHECK(c.refusal_of(c.outside, {.query = "in:dataset:" + std::to_string(c.monday)})
        == errc::not_found);
  c.db.ask(change_group{.who = c.root, .group = c.group, .level = group_level::private_});
  const auto bert = c.db.ask(find_session{hash_token("bert")}).who;
  const auto own = c.db.add_image(bert, "mitosis of bert.tif");
  CHECK(c.found(bert, {.query = "mitosis"}) == ids{own});
  // What is named is refused one by one, as in a list of ids.
  const auto r =
    c.db.ask(selected{change_objects{.who = bert, .ids = {}, .description = "x"},
                      std::optional{selection{.query = "mitosis", .plus = {c.first}}}});
  CHECK(r.done == ids{own});
  REQUIRE(r.refused.size() == 1);
  CHECK(r.refused[0].id == c.first);
  CHECK(r.refused[0].why == errc::not_found);
}

TEST_CASE("selection: what makes no sense is refused") {
  collection c;
  CHECK(c.refusal_of(c.ada, {}) == errc::bad_request);
  CHECK(c.refusal_of(c.ada, {.query = "  "}) == errc::bad_request);
  CHECK(c.refusal_of(c.ada, {.minus = {c.first}}) == errc::bad_request);
  CHECK(c.refusal_of(c.ada, {.query = "nothing"}) == errc::bad_request);
  CHECK(c.refusal_of(c.ada, {.query = "mitosis", .minus = {c.first, c.second, c.third}})
        == errc::bad_request);
  CHECK(c.refusal_of(c.ada, {.query = "tag:"}) == errc::bad_request);
  CHECK(c.refusal_of(c.ada, {.query = "x"}, object_type::well) == errc::bad_request);
  CHECK(c.refusal_of(c.ada, {.within = {{object_type::image, c.first}}})
        == errc::bad_request);
  CHECK(c.refusal_of(c.ada, {.within = {in_dataset(999999)}}) == errc::not_found);
  selection many;
  for (int64_t i = 1; i <= static_cast<int64_t>(most_objects) + 1; ++i)
    many.plus.push_back(i);
  CHECK(c.refusal_of(c.ada, many) == errc::too_large);
  many.minus = {1};
  CHECK(c.refusal_of(c.ada, many) == errc::none);
}

TEST_CASE("selection: every question about many takes one, with the rights of a list") {
  collection c;
  const std::optional mitosis{selection{.query = "mitosis", .minus = {c.third}}};
  auto renamed = c.db.ask(
    selected{change_objects{.who = c.ada, .ids = {}, .description = "checked"}, mitosis});
  CHECK(renamed.done == ids{c.first, c.second});
  CHECK(c.db.ask(find_image{c.ada, c.third}).description.empty());
  const auto denied = c.db.ask(
    selected{change_objects{.who = c.bert, .ids = {}, .description = "mine"}, mitosis});
  CHECK(denied.done.empty());
  REQUIRE(denied.refused.size() == 2);
  CHECK(denied.refused[0].why == errc::denied);

  CHECK(
    c.db.ask(selected{rate_objects{.who = c.bert, .ids = {}, .rating = 3}, mitosis}).done
    == ids{c.first, c.second});
  CHECK(c.db
          .ask(selected{link_objects{.who = c.ada, .parent = c.tuesday, .children = {}},
                        mitosis})
          .done
        == ids{c.first, c.second});
  CHECK(c.db
          .ask(selected{unlink_objects{.who = c.ada, .parent = c.tuesday, .children = {}},
                        std::optional{selection{.within = {in_dataset(c.tuesday)}}}})
          .done
        == ids{c.first, c.second, c.third, c.other});
  annotate_objects tagging{.who = c.bert, .ids = {}, .annotations = {}};
  tagging.fresh.push_back(
    {.value = "good", .name_space = "", .description = "", .file = {}});
  CHECK(c.db.ask(selected{tagging, mitosis}).objects.done == ids{c.first, c.second});
  CHECK(c.found(c.ada, {.query = "tag:good"}) == ids{c.first, c.second});
  delete_objects q{.who = c.ada, .ids = {}, .keep = {}};
  c.db.ask(selected{q, mitosis});
  CHECK_FALSE(c.has("images", c.first));
  CHECK_FALSE(c.has("images", c.second));
  CHECK(c.has("images", c.third));
}

TEST_CASE("selection: settings are pasted to what is found") {
  collection c;
  const auto r =
    c.db.ask(paste_settings{.who = c.ada,
                            .image = c.first,
                            .targets = {},
                            .chosen = selection{.query = "mitosis", .minus = {c.first}}});
  REQUIRE(r.targets.size() == 2);
  CHECK(r.targets[0].image == c.second);
  CHECK(r.targets[0].error.empty());
  CHECK(c.db.ask(find_settings{c.ada, c.third}).origin == settings_origin::own);
  CHECK(c.db.ask(find_settings{c.ada, c.other}).origin == settings_origin::computed);
}

TEST_CASE("selection: settings of many are reset, and each refusal is told") {
  collection c;
  auto mine = c.db.ask(find_settings{c.bert, c.first}).settings;
  mine.channels[0].end = 77;
  c.db.ask(save_settings{.who = c.bert, .image = c.first, .settings = mine});
  const auto end = [&] {
    return c.db.ask(find_settings{c.bert, c.first}).settings.channels[0].end;
  };
  CHECK(end() == 77);
  const auto r = c.db.ask(
    selected{reset_many_settings{
               .who = c.bert, .targets = {}, .as = {settings_preset::full_range}},
             std::optional{selection{.query = "mitosis", .plus = {999999}}}});
  CHECK(r.done == ids{c.first, c.second, c.third});
  REQUIRE(r.refused.size() == 1);
  CHECK(r.refused[0].why == errc::not_found);
  CHECK(end() == 65535);
  CHECK(c.db.refusal(reset_many_settings{
          .who = c.bert, .targets = {c.first}, .as = {settings_preset::automatic}})
        == errc::bad_request);
}
