// Which original files somebody may take home, and an image as it is written.

#include "schema/queries/downloads.hpp"
#include "tests/support/lab.hpp"

#include <algorithm>

using namespace troupe;

namespace {

constexpr auto usual = "+read,+write,+image";

list_originals originals(const viewer& who, std::vector<object_id> objects,
                         const std::string& policy = usual) {
  return {
    .who = who, .objects = std::move(objects), .policy = download_policy_of(policy)};
}

std::vector<std::string> folders(const original_files& found) {
  std::vector<std::string> out;
  for (auto& f : found.files)
    out.push_back(f.folder);
  return out;
}

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("downloads: the policy is what is said with a plus and never with a minus") {
  const auto p = download_policy_of("+read,-plate,+plate,+image");
  CHECK(p.read);
  CHECK(p.image);
  CHECK_FALSE(p.plate);
  CHECK_FALSE(p.write);
  CHECK_FALSE(download_policy_of("").read);
  for (auto bad : {"read", "+reed", "+read, +write", "+", "*read"})
    CHECK_THROWS_AS(download_policy_of(bad), failure);
}

TEST_CASE("downloads: a project has a folder for each dataset, each fileset once") {
  test::lab l;
  const auto project = l.db.ask(create_project{.who = l.ada, .name = "P"}).id;
  const auto day = l.dataset("Day", project), night = l.dataset("Night", project);
  const auto one = l.image("one.tif", day);
  l.image("two.tif", night);
  l.run_sql(
    fmt::format("insert into links (parent_id, child_id, kind, group_id, owner_id)"
                " values ({}, {}, 2, {}, {})",
                night, one, l.group, l.ada.account));
  const auto found = l.db.ask(originals(l.bert, {{object_type::project, project}}));
  CHECK(found.title == "P");
  CHECK(folders(found) == texts{"Day", "Night"});
  CHECK(found.files[0].path.ends_with("/one.tif"));
  CHECK(found.files[0].bytes > 0);

  const auto both = l.pair();
  const auto pair = l.db.ask(
    originals(l.ada, {{object_type::image, both[0]}, {object_type::image, both[1]}}));
  CHECK(pair.files.size() == 1);
  CHECK(pair.title == "download");
  CHECK(l.db.ask(originals(l.ada, {{object_type::dataset, l.dataset("empty")}}))
          .files.empty());
}

TEST_CASE("downloads: what one does not see is refused, inside it is left out") {
  test::lab l;
  const auto image = l.image("a.tif", l.dataset("d"));
  const auto eve = l.db.add_account("eve");
  CHECK(l.db.refusal(originals(eve, {{object_type::image, image}})) == errc::not_found);
  CHECK(l.db.refusal(
          originals(l.ada, {{object_type::image, image}, {object_type::image, 999'999}}))
        == errc::not_found);
  CHECK(l.db.refusal(originals(l.ada, {})) == errc::bad_request);
  CHECK(l.db.refusal(originals(l.ada, {{object_type::annotation, 1}}))
        == errc::bad_request);
  CHECK(l.db.refusal(find_original{eve, image, 0, download_policy_of(usual)})
        == errc::not_found);
  CHECK(l.db.refusal(find_original{l.bert, image, 7, download_policy_of(usual)})
        == errc::not_found);
  CHECK(l.db.ask(find_original{l.bert, image, 0, download_policy_of(usual)}).name
        == "a.tif");
  CHECK(l.db.refusal(export_image{eve, image, download_policy_of(usual)})
        == errc::not_found);
}

TEST_CASE("downloads: the policy decides, but not for administrators") {
  test::lab l;
  const auto image = l.image("a.tif"), field = l.image("b.tif");
  const auto plate = l.plate(field);
  const auto of_image = [&](const viewer& who, const std::string& policy) {
    const auto list = l.db.refusal(originals(who, {{object_type::image, image}}, policy));
    CHECK(l.db.refusal(find_original{who, image, 0, download_policy_of(policy)}) == list);
    CHECK(l.db.refusal(export_image{who, image, download_policy_of(policy)}) == list);
    return list;
  };
  CHECK(of_image(l.bert, usual) == errc::none);
  CHECK(of_image(l.bert, "+write,+image") == errc::denied); // he may not edit
  CHECK(of_image(l.ada, "+write,+image") == errc::none);
  CHECK(of_image(l.ada, "+read,+write") == errc::denied);
  CHECK(of_image(l.root, "") == errc::none);

  const auto of_plate = [&](const viewer& who, const std::string& policy) {
    return l.db.refusal(originals(who, {{object_type::plate, plate}}, policy));
  };
  CHECK(of_plate(l.bert, usual) == errc::denied);
  CHECK(of_plate(l.bert, "+read,+plate") == errc::none);
  CHECK(of_plate(l.root, usual) == errc::none);
  // Next to what may leave, the rest is left out.
  const auto mixed = l.db.ask(
    originals(l.bert, {{object_type::plate, plate}, {object_type::image, image}}));
  CHECK(mixed.files.size() == 1);
}

TEST_CASE("downloads: an image is written with regions and annotations where they are") {
  test::lab l;
  const auto image = l.image("a.tif");
  const auto roi = l.roi(l.ada, image);
  const auto shape =
    l.number(fmt::format("select id from shapes where roi_id = {}", roi));
  const auto fileset =
    l.number(fmt::format("select fileset_id from images where id = {}", image));
  const auto channel = l.number(
    fmt::format("select id from channels where image_id = {} and position = 1", image));
  const auto tag = l.tag(l.bert, "blue"), inner = l.tag(l.ada, "inner");
  l.put(tag, object_type::image, image, l.bert);
  l.put(tag, object_type::shape, shape, l.bert);
  l.put(inner, object_type::annotation, tag, l.ada);
  l.put(l.annotation(l.ada, 6, "number_value", "0.25"), object_type::roi, roi, l.ada);
  l.put(l.annotation(l.ada, 7, "number_value", "1"), object_type::channel, channel,
        l.ada);
  l.put(l.annotation(l.ada, 9, "pairs", "'[{\"k\": \"a\", \"v\": \"1\"}]'"),
        object_type::fileset, fileset, l.ada);
  const auto x = l.db.ask(export_image{l.bert, image, download_policy_of(usual)});
  CHECK(x.what.name == "a.tif");
  CHECK(x.what.size == dimensions{512, 256, 3, 2, 1});
  CHECK(x.what.levels.size() == 2);
  CHECK(x.what.channels.size() == 2);
  REQUIRE(x.about.rois.size() == 1);
  const auto& r = x.about.rois[0];
  REQUIRE(r.shapes.size() == 1);
  CHECK(r.shapes[0].kind == metadata::shape_kind::ellipse);
  CHECK(r.shapes[0].geometry == std::vector<double>{1, 2, 2, 2});
  CHECK(x.about.annotations.size() == 5);
  CHECK(x.about.images[0].annotations.size() == 2); // the tag, and the fileset's map
  CHECK(r.annotations.size() == 1);
  CHECK(r.shapes[0].annotations.size() == 1);
  CHECK(x.about.images[0].channels.at(1).annotations.size() == 1);
  const auto found =
    x.about.annotations.at(static_cast<size_t>(r.shapes[0].annotations[0]));
  CHECK(std::get<std::string>(found.value) == "blue");
  CHECK(found.annotations.size() == 1);
  CHECK(
    std::get<double>(x.about.annotations.at(static_cast<size_t>(r.annotations[0])).value)
    == 0.25);
}
