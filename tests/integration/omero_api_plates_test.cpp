// Screens, plates, their runs, wells and fields in OMERO's JSON API.

#include "tests/support/omero_client.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

/// A plate of 2 x 3 in a screen: A1 empty of fields, A2 with one of a run and one of
/// none, B1 with one of the run.
struct omero_plate_bench {
  omero_person who;
  int64_t screen = 0, plate = 0, run = 0;
  omero_id_list images;

  explicit omero_plate_bench(const std::string& login)
    : who{omero_newcomer("api.plates." + login, "private")} {
    screen = who.own.make("/api/v1/screens", {{"name", "s"}}).at("id");
    plate = who.own
              .make("/api/v1/plates",
                    {{"name", "p"}, {"rows", 2}, {"columns", 3}, {"screen", screen}})
              .at("id");
    run = who.own.make(fmt::format("/api/v1/plates/{}/runs", plate), {{"name", "first"}})
            .at("id");
    for (auto name : {"a.png", "b.png", "c.png"})
      images.push_back(import_image(who.own, name, picture_specimen{}.png()));
    fill({{0, 1, images[0], run}, {0, 1, images[1], 0}, {1, 0, images[2], run}});
  }

  struct field {
    int row, column;
    int64_t image, run;
  };
  void fill(const std::vector<field>& fields) {
    auto list = json::array();
    for (auto& f : fields)
      list.push_back({{"row", f.row},
                      {"column", f.column},
                      {"image", f.image},
                      {"run", f.run == 0 ? json{} : json(f.run)}});
    const auto path = fmt::format("/api/v1/plates/{}/fields", plate);
    REQUIRE(who.own.put(path, {{"fields", list}}).status == 200);
  }
  std::string url(const std::string& what) const {
    return shared_server().url() + "/api/v0/m/" + what;
  }
  json data(const std::string& what) { return who.omero.data("/api/v0/m/" + what); }
};

/// Images of the fields, well by well.
std::vector<omero_id_list> omero_images_in(const json& wells) {
  std::vector<omero_id_list> out;
  for (auto& well : wells) {
    auto& list = out.emplace_back();
    const auto fields = well.value("WellSamples", json::array());
    for (auto& field : fields)
      list.push_back(field.at("Image").at("@id"));
  }
  return out;
}

} // namespace

TEST_CASE("omero api plates: screens and plates find each other") {
  omero_plate_bench b{"screens"};
  const auto screen = b.data("screens/?childCount=true").at(0);
  CHECK(screen.at("@type") == omero_type("Screen"));
  CHECK(screen.at("omero:childCount") == 1);
  CHECK(screen.at("url:screen") == b.url(fmt::format("screens/{}/", b.screen)));
  CHECK(screen.at("url:plates") == b.url(fmt::format("screens/{}/plates/", b.screen)));
  CHECK(omero_ids(b.data(fmt::format("screens/{}/plates/", b.screen)))
        == omero_id_list{b.plate});
  CHECK(omero_ids(b.data(fmt::format("plates/{}/screens/", b.plate)))
        == omero_id_list{b.screen});
  CHECK(b.data("plates/?orphaned=true").empty());

  const auto plate = b.data("plates/?childCount=true").at(0);
  CHECK(plate.at("@type") == omero_type("Plate"));
  CHECK(!plate.contains("omero:childCount"));
  CHECK(!plate.contains("omero:wellsampleIndex"));
  CHECK(plate.at("Rows") == 2);
  CHECK(plate.at("Columns") == 3);
  CHECK(plate.at("RowNamingConvention") == "letter");
  CHECK(plate.at("url:wells") == b.url(fmt::format("plates/{}/wells/", b.plate)));
}

TEST_CASE("omero api plates: a plate and its runs tell where their fields are") {
  omero_plate_bench b{"index"};
  const auto plate = b.data(fmt::format("plates/{}/", b.plate));
  CHECK(plate.at("omero:wellsampleIndex") == json{0, 1});
  CHECK(plate.at("url:wellsampleindex_wells")
        == json{b.url(fmt::format("plates/{}/wellsampleindex/0/wells/", b.plate)),
                b.url(fmt::format("plates/{}/wellsampleindex/1/wells/", b.plate))});
  const auto run = b.data(fmt::format("plates/{}/plateacquisitions/", b.plate)).at(0);
  CHECK(run.at("@type") == omero_type("PlateAcquisition"));
  CHECK(run.at("Name") == "first");
  CHECK(!run.contains("StartTime"));
  CHECK(run.at("omero:wellsampleIndex") == json{0, 0});
  CHECK(run.at("url:plateacquisition")
        == b.url(fmt::format("plateacquisitions/{}/", b.run)));
  CHECK(b.data(fmt::format("plateacquisitions/{}/", b.run)).at("@id") == b.run);

  b.fill({});
  CHECK(b.data(fmt::format("plates/{}/", b.plate)).at("omero:wellsampleIndex")
        == json::array());
  CHECK(b.data(fmt::format("plateacquisitions/{}/", b.run)).at("omero:wellsampleIndex")
        == json::array());
}

TEST_CASE("omero api plates: wells come column by column with the fields asked for") {
  omero_plate_bench b{"wells"};
  const auto i = b.images;
  const auto wells = b.data(fmt::format("plates/{}/wells/", b.plate));
  CHECK(omero_images_in(wells) == std::vector<omero_id_list>{{i[2]}, {i[0], i[1]}});
  CHECK(wells.at(0).at("Row") == 1);
  CHECK(wells.at(0).at("Column") == 0);
  CHECK(omero_images_in(b.data(fmt::format("wells/?plate={}", b.plate)))
        == std::vector<omero_id_list>{{i[2]}, {i[0], i[1]}});
  CHECK(
    omero_images_in(b.data(fmt::format("plates/{}/wellsampleindex/1/wells/", b.plate)))
    == std::vector<omero_id_list>{{i[1]}});
  CHECK(omero_images_in(b.data(fmt::format("plateacquisitions/{}/wells/", b.run)))
        == std::vector<omero_id_list>{{i[2]}, {i[0]}});
  CHECK(omero_images_in(
          b.data(fmt::format("plateacquisitions/{}/wellsampleindex/0/wells/", b.run)))
        == std::vector<omero_id_list>{{i[2]}, {i[0]}});
  CHECK(
    b.data(fmt::format("plateacquisitions/{}/wellsampleindex/1/wells/", b.run)).empty());
}

TEST_CASE("omero api plates: a field has its image, run and links") {
  omero_plate_bench b{"fields"};
  const auto well = b.data(fmt::format("plates/{}/wells/", b.plate)).at(1);
  const int64_t id = well.at("@id");
  CHECK(well.at("url:well") == b.url(fmt::format("wells/{}/", id)));
  CHECK(well.at("url:plates") == b.url(fmt::format("wells/{}/plates/", id)));
  const auto field = well.at("WellSamples").at(0);
  CHECK(field.at("@type") == omero_type("WellSample"));
  CHECK(field.at("PlateAcquisition").at("@id") == b.run);
  CHECK(field.at("Image").at("Name") == "a.png");
  CHECK(field.at("Image").at("omero:details").at("owner").at("@id") == b.who.id);
  CHECK(field.at("Image").at("url:image")
        == b.url(fmt::format("images/{}/", b.images[0])));
  CHECK(!field.at("Image").contains("Pixels"));
  CHECK(!well.at("WellSamples").at(1).contains("PlateAcquisition"));

  const auto single = b.data(fmt::format("wells/{}/", id));
  CHECK(single.at("WellSamples").at(0).at("Image").at("Pixels").at("SizeX") == 64);
  CHECK(single.at("url:plates") == well.at("url:plates"));
  CHECK(omero_ids(b.data(fmt::format("wells/{}/plates/", id))) == omero_id_list{b.plate});

  b.fill({});
  const auto empty = b.data(fmt::format("plates/{}/wells/", b.plate));
  REQUIRE(empty.size() == 2);
  CHECK(!empty.at(0).contains("WellSamples"));
}
