// Tables and downloads by OMERO's addresses.

#include "tests/support/omero_client.hpp"
#include "tests/support/specimens.hpp"
#include "tests/support/unzipped.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

const std::string bulk_name_space = "openmicroscopy.org/omero/bulk_annotations";

/// Sends a file and puts it on an object. @returns the annotation.
json attach_table(api& who, const std::string& type, int64_t id,
                  const std::string& text) {
  httplib::Client http{shared_server().url()};
  const auto sent = http.Post(
    fmt::format("/api/v1/attachments?type={}&ids={}&name=bulk.csv&namespace={}", type, id,
                escaped(bulk_name_space)),
    httplib::Headers{{"Authorization", "Bearer " + who.token()}}, text, "text/csv");
  REQUIRE(sent);
  REQUIRE(sent->status == 201);
  return json::parse(sent->body);
}

struct screened_plate {
  api& who = shared_server().root();
  int64_t image = import_image(who, "screened.ome.tif", stack{}.bytes());
  int64_t plate =
    who.make("/api/v1/plates", {{"name", "Screened"}, {"rows", 1}, {"columns", 2}})
      .at("id");
  int64_t well = 0;

  screened_plate() {
    json field{{"row", 0}, {"column", 1}, {"image", image}};
    REQUIRE(who
              .put(fmt::format("/api/v1/plates/{}/fields", plate),
                   {{"fields", json::array({field})}})
              .status
            == 200);
    well = who.read(fmt::format("/api/v1/plates/{}", plate)).at("wells")[0].at("id");
  }
};

json gateway_says(const std::string& path) {
  return omero_root().read("/webgateway/" + path);
}

} // namespace

TEST_CASE("omero tables: a file attached to a plate is asked through its wells") {
  screened_plate s;
  attach_table(s.who, "plate", s.plate,
               fmt::format("Well,Gene,Area,Hit\n{},CDC20,2.5,true\n{},PLK1,7,false\n"
                           "{},CDC20,-1,false\n",
                           s.well, s.well + 1, s.well + 2));
  const auto listed =
    gateway_says(fmt::format("annotations/Plate.wells/{}/", s.well)).at("data");
  REQUIRE(listed.size() == 1);
  CHECK(listed[0].at("ns") == bulk_name_space);
  CHECK(listed[0].at("name") == "bulk.csv");
  CHECK(listed[0].at("parentType") == "Plate");
  CHECK(listed[0].at("parentId") == s.plate);
  const auto found =
    gateway_says(fmt::format("table/Plate.wells/{0}/query/?query=Well-{0}", s.well));
  CHECK(found.at("data").at("columns") == json{"Well", "Gene", "Area", "Hit"});
  CHECK(found.at("data").at("column_types")
        == json{"WellColumn", "StringColumn", "DoubleColumn", "BoolColumn"});
  CHECK(found.at("data").at("rows")
        == json::array({json::array({s.well, "CDC20", 2.5, true})}));
  CHECK(found.at("meta")
        == json{{"rowCount", 3}, {"totalCount", 1}, {"limit", nullptr}, {"offset", 0}});
  CHECK(found.at("id") == listed[0].at("file"));
  CHECK(found.at("annId") == listed[0].at("id"));
  CHECK(found.at("addedOn").get<int64_t>() > 1'600'000'000'000);

  const auto file = listed[0].at("file").get<int64_t>();
  const auto genes = [&](const std::string& query) {
    return gateway_says(
      fmt::format("table/{}/query/?col_names=Gene&query={}", file, escaped(query)));
  };
  CHECK(genes("*").at("data").at("rows").size() == 3);
  CHECK(genes("(Gene=='CDC20') & (Area > 0)").at("data").at("rows").size() == 1);
  CHECK(genes("(Area >= 2.5) | ~(Gene == \"CDC20\")").at("meta").at("totalCount") == 2);
  CHECK(genes("Area != 7").at("meta").at("totalCount") == 2);
  CHECK(genes("Nobody == 1").at("error").get<std::string>().find("Nobody")
        != std::string::npos);
  CHECK(genes("(Area > 1").contains("error"));
  CHECK(genes("Area >").contains("error"));
  const auto turned = gateway_says(fmt::format(
    "table/{}/query/?query=*&col_names=Area&col_names=Gene&offset=1&limit=1", file));
  CHECK(turned.at("data").at("rows") == json::array({json::array({7.0, "PLK1"})}));
  CHECK(turned.at("meta").at("totalCount") == 3);

  CHECK(gateway_says(fmt::format("table/{}/metadata/", file)).at("columns")[0].at("type")
        == "WellColumn");
  const auto rows =
    gateway_says(fmt::format("table/{}/rows/?query={}", file, escaped("Gene=='CDC20'")));
  CHECK(rows.at("rows") == json{0, 2});
  CHECK(rows.at("meta").at("columnCount") == 4);
  const auto slice =
    gateway_says(fmt::format("table/{}/slice/?rows=0-1&columns=1,3", file));
  CHECK(slice.at("columns")
        == json::array({json{"CDC20", "PLK1"}, json::array({true, false})}));
  CHECK(slice.at("meta").at("columns") == json{"Gene", "Hit"});
  CHECK(gateway_says(fmt::format("table/{}/slice/?rows=9&columns=0", file))
          .contains("error"));
  const auto bits =
    omero_root()
      .get(
        fmt::format("/webgateway/table/{}/obj_id_bitmask/?query=*&col_name=Well", file))
      .body;
  for (auto n : {s.well, s.well + 2}) {
    const auto i = static_cast<size_t>(n);
    CHECK((static_cast<uint8_t>(bits.at(i / 8)) >> (7 - i % 8) & 1) == 1);
  }
  CHECK(gateway_says("table/987654321/query/?query=*").contains("error"));
  CHECK(gateway_says(fmt::format("table/Kitchen/{}/query/?query=*", s.well))
          .contains("error"));
}

TEST_CASE("omero tables: what is no table is told with status 200") {
  screened_plate s;
  const auto made = attach_table(s.who, "plate", s.plate, "a,\"b\n1,2\n");
  const auto listed =
    gateway_says(fmt::format("annotations/Plate/{}/", s.plate)).at("data");
  REQUIRE(listed.size() == 1);
  CHECK(gateway_says(
          fmt::format("table/{}/query/?query=*", listed[0].at("file").get<int64_t>()))
          .contains("error"));
  CHECK(gateway_says(fmt::format("annotations/Plate/{}/", s.plate + 1000))
          .at("data")
          .empty());
}

TEST_CASE("omero downloads: one original as it came, several in an archive") {
  auto& root = shared_server().root();
  auto& client = omero_root();
  const auto first = import_image(root, "my cells, one.ome.tif", stack{1}.bytes()),
             second = import_image(root, "other.ome.tif", stack{2}.bytes());
  const auto one =
    client.get(fmt::format("/webgateway/archived_files/download/{}/", first));
  CHECK(one.status == 200);
  CHECK(one.header("Content-Type") == "application/force-download");
  CHECK(one.header("Content-Disposition")
        == "attachment; filename=my_cells._one.ome.tif");
  CHECK(one.body == stack{1}.bytes());
  const auto both = client.get(fmt::format(
    "/webgateway/archived_files/download/?image={}&image={}&zipname=two", first, second));
  CHECK(both.header("Content-Disposition") == "attachment; filename=two.zip");
  const auto files = unzipped(both.body);
  CHECK(files.size() == 2);
  CHECK(files.at("other.ome.tif") == stack{2}.bytes());
  CHECK(client.get("/webgateway/archived_files/download/").status == 400);
  CHECK(client.get("/webgateway/archived_files/download/987654321/").status == 404);
}

TEST_CASE("omero downloads: rendered pictures, one or many") {
  auto& root = shared_server().root();
  auto& client = omero_root();
  const auto first = import_image(root, "kept.ome.tif", stack{1}.bytes()),
             second = import_image(root, "kept2.ome.tif", stack{2}.bytes());
  const auto png = client.get(
    fmt::format("/webgateway/download_as/{}/?format=png&c=1%7C0:255$FFFFFF&m=g", first));
  CHECK(png.header("Content-Disposition") == "attachment; filename=kept.ome.tif.png");
  const auto z =
    client.read(fmt::format("/webgateway/imgData/{}/rdefs.defaultZ/", first));
  CHECK(decode_png(png.body).at(5, 7, 0) == stack{1}.sample(5, 7, z, 0, 0));
  const auto plane = client.get(
    fmt::format("/webclient/render_image_download/{}/2/1/?format=jpeg", first));
  CHECK(plane.body
        == client.get(fmt::format("/webgateway/render_image/{}/2/1/", first)).body);
  const auto both =
    client.get(fmt::format("/webgateway/download_as/?image={}&image={}", first, second));
  const auto files = unzipped(both.body);
  REQUIRE(files.size() == 2);
  CHECK(files.at(fmt::format("{}-kept2.ome.tif.jpg", second))
        == client.get(fmt::format("/webgateway/render_image/{}/", second)).body);
}

TEST_CASE("omero downloads: OME-TIFF of an image, and of a dataset as an archive") {
  auto& root = shared_server().root();
  auto& client = omero_root();
  const auto first =
    import_image(root, "exported.ome.tif", stack{1}.bytes(), {.dataset = "Exported"});
  import_image(root, "exported2.ome.tif", stack{2}.bytes(), {.dataset = "Exported"});
  const auto one = client.get(fmt::format("/webgateway/render_ome_tiff/i/{}/", first));
  CHECK(one.header("Content-Type") == "image/tiff");
  CHECK(
    one.header("Content-Disposition")
    == fmt::format("attachment; filename={0}-{1}.ome.tiff", first, "exported.ome.tif"));
  CHECK(one.body.starts_with("II"));
  const int64_t dataset =
    client.read(fmt::format("/webgateway/imgData/{}/meta/", first)).at("datasetId");
  const auto all = fmt::format("/webgateway/render_ome_tiff/d/{}/", dataset);
  CHECK(client.read(all + "?dryrun=1") == 2);
  const auto files = unzipped(client.get(all).body);
  REQUIRE(files.size() == 2);
  CHECK(files.at(fmt::format("{}-exported.ome.tif.ome.tiff", first)) == one.body);
  CHECK(client.get("/webgateway/render_ome_tiff/d/987654321/").status == 404);
}

TEST_CASE("omero: an administrator becomes somebody else") {
  auto ada = omero_newcomer("switched", "private");
  omero_client root{shared_server(), "root", running_server::password};
  CHECK(ada.omero.post_form("/webgateway/su/root/", {}).status == 404);
  CHECK(root.post_form("/webgateway/su/nobody.there/", {}).status == 404);
  const auto switched = root.post_form("/webgateway/su/switched/", {});
  CHECK(switched.status == 200);
  CHECK(switched.document() == true);
  CHECK(root.read("/webgateway/proj/list/") == json::array());
}
