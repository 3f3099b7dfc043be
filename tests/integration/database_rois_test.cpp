// Regions: who draws, changes and deletes them, versions, and what is in view.

#include "schema/password.hpp"
#include "schema/queries/draw.hpp"
#include "schema/queries/own_sessions.hpp"
#include "schema/queries/trash.hpp"
#include "tests/support/scratch_database.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>

using namespace troupe;

namespace {

using metadata::shape;
using metadata::shape_kind;
using nlohmann::json;

shape of_kind(shape_kind kind, std::vector<double> geometry) {
  shape s;
  s.kind = kind;
  s.geometry = std::move(geometry);
  return s;
}
shape box_at(double x, double y, double size = 10) {
  return of_kind(shape_kind::rectangle, {x, y, size, size});
}
metadata::roi roi_of(std::vector<shape> shapes, const std::string& name = "cell") {
  metadata::roi r;
  r.name = name;
  r.shapes = std::move(shapes);
  return r;
}

/// A group of some level with people of every kind; the owner has an image of 512 x 256
/// pixels, 3 sections, 2 channels.
struct studio {
  test::scratch_database db;
  int64_t group = 0;
  int64_t image = 0;

  explicit studio(int level = 2) {
    db.sql() << "insert into groups (name, level) values ('lab', :level) returning id",
      soci::use(level, "level"), soci::into(group);
    for (auto login : {"owner", "member", "leader", "reader"})
      db.add_account(login, false, "lab");
    db.add_account("stranger");
    db.add_account("admin", true);
    db.sql() << "update memberships set leader = true where account_id ="
                " (select id from accounts where login = 'leader')";
    db.sql() << "update accounts set reader = true where login = 'reader'";
    image = db.add_image(who("owner"), "cell.tif");
  }
  /// Rights come with what there is: always as of now.
  viewer who(const std::string& login) {
    return db.ask(find_session{hash_token(login)}).who;
  }
  drawn_region draw(const std::string& login, std::vector<shape> shapes) {
    return db
      .ask(draw_regions{
        .who = who(login), .image = image, .create = {roi_of(std::move(shapes))}})
      .created.at(0);
  }
  drawn_regions change(const std::string& login, region_change c) {
    return db.ask(draw_regions{.who = who(login), .change = {std::move(c)}});
  }
  json stored(int64_t roi) {
    return json::parse(db.ask(find_roi{who("admin"), roi}).text);
  }
  json view(list_shapes q) {
    q.who = who("owner");
    q.image = image;
    return json::parse(db.ask(q).text);
  }
  int64_t number(const std::string& query) {
    int64_t n = 0;
    db.sql() << query, soci::into(n);
    return n;
  }
};

std::vector<int64_t> ids_in(const json& view) {
  std::vector<int64_t> ids;
  for (auto& item : view.at("items"))
    ids.push_back(item.at("id"));
  return ids;
}

errc why(const drawn_regions& r) {
  return r.refused.empty() ? errc::none : r.refused[0].why;
}

} // namespace

TEST_CASE("rois: who draws, changes and deletes, at each level of a group") {
  struct rule {
    const char* actor;
    errc draw, change, remove;
  };
  constexpr auto yes = errc::none, no = errc::denied, hidden = errc::not_found;
  const std::map<int, std::vector<rule>> levels{
    {0,
     {{"owner", yes, yes, yes},
      {"member", hidden, hidden, hidden},
      {"leader", no, yes, yes},
      {"admin", no, yes, yes},
      {"reader", hidden, hidden, hidden},
      {"stranger", hidden, hidden, hidden}}},
    {1,
     {{"owner", yes, yes, yes},
      {"member", no, no, no},
      {"leader", yes, yes, yes},
      {"admin", yes, yes, yes},
      {"reader", no, no, no},
      {"stranger", hidden, hidden, hidden}}},
    {2,
     {{"owner", yes, yes, yes},
      {"member", yes, no, no},
      {"leader", yes, yes, yes},
      {"admin", yes, yes, yes},
      {"reader", no, no, no},
      {"stranger", hidden, hidden, hidden}}},
    {3,
     {{"owner", yes, yes, yes},
      {"member", yes, yes, yes},
      {"leader", yes, yes, yes},
      {"admin", yes, yes, yes},
      {"reader", no, no, no},
      {"stranger", hidden, hidden, hidden}}},
  };
  for (auto& [level, rules] : levels) {
    studio s{level};
    for (auto& r : rules) {
      CAPTURE(level);
      CAPTURE(r.actor);
      const auto id = s.draw("owner", {box_at(1, 1)}).id;
      const auto me = s.who(r.actor);
      draw_regions drawing{
        .who = me, .image = s.image, .create = {roi_of({box_at(2, 2)})}};
      CHECK(s.db.refusal(drawing) == r.draw);
      CHECK(why(s.change(r.actor, {.id = id, .name = "mine"})) == r.change);
      CHECK(s.stored(id).at("name") == (r.change == yes ? "mine" : "cell"));
      CHECK(why(s.db.ask(draw_regions{.who = me, .remove = {{id, {}}}})) == r.remove);
      CHECK(s.number(fmt::format("select count(*) from rois where id = {}", id))
            == (r.remove == yes ? 0 : 1));
    }
  }
}

TEST_CASE("rois: what is drawn is the author's, in the image's group") {
  studio s;
  const auto drawn = s.draw("member", {box_at(1, 2)});
  const auto me = s.who("member").account;
  const auto roi = s.stored(drawn.id);
  CHECK(roi.at("owner").at("id") == me);
  CHECK(roi.at("image") == s.image);
  CHECK(roi.at("version") == 1);
  CHECK(roi.at("shapes").at(0).at("id") == drawn.shapes.at(0));
  CHECK(s.number(fmt::format("select group_id from rois where id = {}", drawn.id))
        == s.group);
  CHECK(s.number(fmt::format("select count(*) from audits where kind = 108 and action = 1"
                             " and object_id = {} and account_id = {}",
                             drawn.id, me))
        == 1);
}

TEST_CASE("rois: every kind is kept as it was drawn, its box after its transform") {
  studio s;
  auto mask = of_kind(shape_kind::mask, {4, 5, 3, 3});
  mask.mask = shared_bytes{{0xF7, 0x80}};
  auto turned = box_at(1, 2);
  turned.transform = metadata::affine{0, 1, -1, 0, 100, 50};
  auto styled = of_kind(shape_kind::line, {1, 2, 3, 4});
  styled.z = 2;
  styled.c = 1;
  styled.t = 0;
  styled.text = "axis";
  styled.locked = true;
  styled.style.stroke = rgba{255, 0, 0, 128};
  styled.style.fill = rgba{1, 2, 3, 4};
  styled.style.stroke_width = metadata::quantity{2.5, "pixel"};
  styled.style.font_size = metadata::quantity{12, "pt"};
  styled.style.marker_end = "Arrow";
  const std::vector<shape> all{mask,
                               turned,
                               styled,
                               of_kind(shape_kind::ellipse, {50, 60, 5, 6}),
                               of_kind(shape_kind::point, {7.5, 8}),
                               of_kind(shape_kind::polyline, {1, 1, 2, 2, 3, 1}),
                               of_kind(shape_kind::polygon, {1, 1, 2, 2, 3, 1}),
                               of_kind(shape_kind::label, {9, 9})};
  const auto drawn = s.draw("owner", all);
  const auto back = s.db.ask(find_shapes{s.who("owner"), s.image, drawn.shapes}).shapes;
  REQUIRE(back.size() == all.size());
  for (size_t i = 0; i < all.size(); ++i) {
    CAPTURE(i);
    CHECK(back[i].id == drawn.shapes[i]);
    CHECK(back[i].what.kind == all[i].kind);
    CHECK(back[i].what.geometry == all[i].geometry);
    CHECK(back[i].what.z == all[i].z);
    CHECK(back[i].what.c == all[i].c);
    CHECK(back[i].what.t == all[i].t);
    CHECK(back[i].what.mask.view() == all[i].mask.view());
    CHECK(back[i].what.transform == all[i].transform);
    CHECK(back[i].what.text == all[i].text);
    CHECK(back[i].what.locked == all[i].locked);
    CHECK(back[i].what.style == all[i].style);
  }
  const auto shapes = s.stored(drawn.id).at("shapes");
  CHECK(shapes.at(1).at("bounds") == json{88, 51, 98, 61});
  CHECK(shapes.at(3).at("bounds") == json{45, 54, 55, 66});
}

TEST_CASE("rois: a stale version is a conflict that names the current one") {
  studio s;
  const auto id = s.draw("owner", {box_at(1, 2)}).id;
  const auto first = s.change("owner", {.id = id, .version = 1, .name = "one"});
  CHECK(first.changed.at(0).version == 2);
  const auto late = s.change("owner", {.id = id, .version = 1, .name = "two"});
  CHECK(why(late) == errc::conflict);
  CHECK(late.refused[0].reason.find("version 2") != std::string::npos);
  CHECK(s.stored(id).at("name") == "one");
  const auto unlucky = s.db.ask(draw_regions{.who = s.who("owner"), .remove = {{id, 1}}});
  CHECK(why(unlucky) == errc::conflict);
  CHECK(unlucky.deleted.empty());
  CHECK(s.db.ask(draw_regions{.who = s.who("owner"), .remove = {{id, 2}}}).deleted
        == std::vector<int64_t>{id});
}

TEST_CASE("rois: shapes are added, replaced and dropped; one at least stays") {
  studio s;
  const auto drawn = s.draw("owner", {box_at(1, 2), box_at(3, 4)});
  region_change c{.id = drawn.id};
  c.put = {{drawn.shapes[1], of_kind(shape_kind::point, {5, 6})}, {{}, box_at(7, 8)}};
  c.drop = {drawn.shapes[0]};
  const auto changed = s.change("owner", c).changed.at(0);
  CHECK(changed.version == 2);
  CHECK(changed.shapes.at(0) == drawn.shapes[1]);
  auto shapes = s.stored(drawn.id).at("shapes");
  REQUIRE(shapes.size() == 2);
  CHECK(shapes.at(0).at("kind") == "point");
  CHECK(shapes.at(1).at("id") == changed.shapes.at(1));

  region_change all{.id = drawn.id, .put = {{{}, box_at(20, 20)}}, .only_put = true};
  CHECK(s.change("owner", all).changed.size() == 1);
  shapes = s.stored(drawn.id).at("shapes");
  REQUIRE(shapes.size() == 1);
  const int64_t last = shapes.at(0).at("id");
  CHECK(why(s.change("owner", {.id = drawn.id, .drop = {last}})) == errc::conflict);
  CHECK(why(s.change("owner", {.id = drawn.id, .only_put = true})) == errc::conflict);
  CHECK(why(s.change("owner", {.id = drawn.id, .drop = {drawn.shapes[0]}}))
        == errc::not_found);
  CHECK(s.stored(drawn.id).at("version") == 3);
  // By the shape alone, whatever region it is of.
  CHECK(s.db.ask(change_shape{s.who("owner"), last, box_at(1, 1), 3}).version == 4);
  CHECK(s.db.refusal(change_shape{s.who("owner"), last, box_at(1, 1), 3})
        == errc::conflict);
  CHECK(s.db.refusal(change_shape{s.who("member"), last, box_at(1, 1), {}})
        == errc::denied);
  CHECK(s.db.refusal(change_shape{s.who("stranger"), last, {}, {}}) == errc::not_found);
}

TEST_CASE("rois: another region's shape is not touched") {
  studio s;
  const auto mine = s.draw("member", {box_at(1, 2)}),
             theirs = s.draw("owner", {box_at(3, 4)});
  region_change c{.id = mine.id, .put = {{theirs.shapes[0], box_at(9, 9)}}};
  CHECK(why(s.change("member", c)) == errc::not_found);
  c = {.id = mine.id, .drop = theirs.shapes};
  CHECK(why(s.change("member", c)) == errc::not_found);
  CHECK(s.stored(theirs.id).at("shapes").at(0).at("geometry") == json{3, 4, 10, 10});
}

TEST_CASE("rois: many in one transaction, with what became of each") {
  studio s;
  const auto mine = s.draw("member", {box_at(1, 2)}),
             gone = s.draw("member", {box_at(5, 5)}),
             theirs = s.draw("owner", {box_at(3, 4)});
  draw_regions q{.who = s.who("member"), .image = s.image};
  q.create = {roi_of({box_at(8, 8)}, "a"), roi_of({box_at(9, 9)}, "b")};
  q.change = {{.id = mine.id, .name = "x"}, {.id = theirs.id, .name = "y"}};
  q.remove = {{gone.id, {}}, {999999, {}}};
  const auto r = s.db.ask(q);
  CHECK(r.created.size() == 2);
  CHECK(r.changed.size() == 1);
  CHECK(r.deleted == std::vector<int64_t>{gone.id});
  CHECK(r.trash > 0);
  REQUIRE(r.refused.size() == 2);
  CHECK(r.refused[0].why == errc::denied);
  CHECK(r.refused[1].why == errc::not_found);
  // What was deleted comes back as it was.
  s.db.ask(restore_trash{s.who("member"), r.trash});
  CHECK(s.stored(gone.id).at("shapes").at(0).at("id") == gone.shapes[0]);
  // A wrong field anywhere, and nothing happens.
  q.create = {roi_of({box_at(1, 1)}), roi_of({of_kind(shape_kind::point, {1})})};
  q.change = {{.id = mine.id, .name = "z"}};
  q.remove.clear();
  CHECK(s.db.refusal(q) == errc::bad_request);
  CHECK(s.stored(mine.id).at("name") == "x");
  q.create.clear();
  q.remove = {{mine.id, {}}};
  CHECK(s.db.refusal(q) == errc::bad_request); // named twice
}

TEST_CASE("rois: what cannot be kept is refused") {
  studio s;
  auto refusal = [&](metadata::roi r) {
    return s.db.refusal(
      draw_regions{.who = s.who("owner"), .image = s.image, .create = {std::move(r)}});
  };
  auto outside = box_at(1, 1);
  outside.z = 3;
  CHECK(refusal(roi_of({outside})) == errc::bad_request);
  CHECK(refusal(roi_of({})) == errc::bad_request);
  CHECK(refusal(roi_of({box_at(1, 1)}, std::string(256, 'x'))) == errc::bad_request);
  CHECK(refusal(roi_of({box_at(1, 1)}, "a\nb")) == errc::bad_request);
  auto worded = box_at(1, 1);
  worded.text = std::string(10'001, 'x');
  CHECK(refusal(roi_of({worded})) == errc::bad_request);
  CHECK(refusal(roi_of({box_at(1, 1)}, "")) == errc::none); // a name need not be
  CHECK(s.db.refusal(draw_regions{.who = s.who("owner")}) == errc::bad_request);
  CHECK(s.db.refusal(draw_regions{
          .who = s.who("owner"), .image = 999999, .create = {roi_of({box_at(1, 1)})}})
        == errc::not_found);
}

TEST_CASE("rois: shapes in view, of a plane, page by page") {
  studio s;
  auto on_z = [](shape x, int32_t z) {
    x.z = z;
    return x;
  };
  const auto ids = s.draw("owner", {box_at(0, 0), on_z(box_at(100, 100), 1),
                                    on_z(box_at(105, 100), 2), box_at(300, 200)})
                     .shapes;
  CHECK(ids_in(s.view({})) == ids);
  CHECK(ids_in(s.view({.within = view_box{90, 90, 120, 120}}))
        == std::vector{ids[1], ids[2]});
  CHECK(ids_in(s.view({.z = 1})) == std::vector{ids[0], ids[1], ids[3]});
  CHECK(ids_in(s.view({.within = view_box{90, 90, 120, 120}, .z = 2}))
        == std::vector{ids[2]});
  CHECK(ids_in(s.view({.within = view_box{400, 0, 500, 50}})).empty());
  // Touching is enough; a transform counts.
  CHECK(ids_in(s.view({.within = view_box{10, 10, 20, 20}})) == std::vector{ids[0]});
  auto moved = box_at(0, 0);
  moved.transform = metadata::affine{1, 0, 0, 1, 450, 0};
  const auto far = s.draw("owner", {moved}).shapes.at(0);
  CHECK(ids_in(s.view({.within = view_box{400, 0, 500, 50}})) == std::vector{far});

  std::vector<int64_t> all;
  list_shapes q{.page = {.limit = 2}};
  for (;;) {
    const auto slice = s.view(q);
    CHECK(slice.at("total") == 5);
    for (auto id : ids_in(slice))
      all.push_back(id);
    if (slice.at("next").is_null())
      break;
    q.page.after = slice.at("next");
  }
  CHECK(all == std::vector{ids[0], ids[1], ids[2], ids[3], far});
  CHECK(s.view({}).at("items").at(0).at("kind") == "rectangle");
  for (auto& bad :
       {view_box{0, 0, 0, 10}, view_box{5, 5, 1, 1}, view_box{0, 0, 1e300, 1}})
    CHECK(
      s.db.refusal(list_shapes{.who = s.who("owner"), .image = s.image, .within = bad})
      == errc::bad_request);
  CHECK(s.db.refusal(list_shapes{.who = s.who("stranger"), .image = s.image})
        == errc::not_found);
}

TEST_CASE("rois: where shapes crowd they are counted by cell") {
  studio s;
  std::vector<shape> shapes;
  for (int i = 0; i < 30; ++i)
    shapes.push_back(box_at(i < 20 ? 10 : 500, i < 20 ? 10 : 240, 4));
  s.draw("owner", shapes);
  CHECK(s.view({.cells = 16, .most = 30}).at("clusters").is_null());
  const auto view = s.view({.cells = 16, .most = 29}); // 32 pixels a cell
  CHECK(view.at("items").empty());
  CHECK(view.at("total") == 30);
  const auto& clusters = view.at("clusters");
  CHECK(clusters.at("size") == 32);
  REQUIRE(clusters.at("cells").size() == 2);
  CHECK(clusters.at("cells").at(0) == json{{"x", 0}, {"y", 0}, {"count", 20}});
  CHECK(clusters.at("cells").at(1) == json{{"x", 480}, {"y", 224}, {"count", 10}});
  const auto part =
    s.view({.within = view_box{0, 0, 64, 64}, .cells = 2, .most = 5}).at("clusters");
  CHECK(part.at("cells") == json::array({json{{"x", 0}, {"y", 0}, {"count", 20}}}));
  CHECK(s.db.refusal(list_shapes{.who = s.who("owner"), .image = s.image, .cells = 1000})
        == errc::bad_request);
}

TEST_CASE("rois: in a private group nobody sees, counts or exports another's") {
  studio s{2};
  s.draw("owner", {box_at(1, 1)});
  const auto other = s.draw("member", {box_at(2, 2)});
  s.db.sql() << "update groups set level = 0 where name = 'lab'";
  CHECK(s.view({}).at("total") == 1);
  CHECK(s.view({.cells = 4, .most = 0}).at("clusters").at("cells").at(0).at("count")
        == 1);
  CHECK(s.db.ask(export_regions{s.who("owner"), s.image}).what.rois.size() == 1);
  CHECK(s.db.refusal(find_shapes{s.who("owner"), s.image, other.shapes})
        == errc::not_found);
  CHECK(s.db.refusal(find_roi{s.who("owner"), other.id}) == errc::not_found);
  CHECK(s.db.ask(export_regions{s.who("leader"), s.image}).what.rois.size() == 2);
}

TEST_CASE("rois: what is in view is found by the index") {
  studio s;
  const auto id = s.draw("owner", {box_at(400, 200)}).id;
  s.db.sql() << fmt::format(
    "insert into shapes (roi_id, image_id, position, kind, bounds, geometry)"
    " select {0}, {1}, i, 2, box(point(i % 500, i / 500), point(i % 500, i / 500)),"
    "        array[i % 500, i / 500]"
    "   from generate_series(1, 20000) as i",
    id, s.image);
  s.db.sql() << "analyze shapes";
  std::string plan;
  s.db.sql() << fmt::format(
    "explain (format json) select count(*) from shapes as h where h.image_id ="
    " cast({} as bigint) and h.bounds && cast('((20,20),(10,10))' as box)",
    s.image),
    soci::into(plan);
  CHECK(plan.find("shapes_in_view") != std::string::npos);
  const auto view = s.view({.within = view_box{10, 10, 19, 19}, .page = {.limit = 1000}});
  CHECK(view.at("total") == 100);
}
