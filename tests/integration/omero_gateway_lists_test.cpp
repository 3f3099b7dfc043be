// Plates, datasets, regions, histograms and thumbnails by OMERO's addresses.

#include "storage/base64.hpp"
#include "tests/support/omero_client.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <numeric>

using namespace troupe::test;

namespace {

int64_t listed_stack() {
  static const auto image =
    import_image(shared_server().root(), "listed.ome.tif", stack{}.bytes(),
                 {.project = "Listed project", .dataset = "Listed dataset"});
  return image;
}

std::string bytes_of_uri(const std::string& uri) {
  const auto bytes = troupe::from_base64(uri.substr(uri.find(',') + 1)).value();
  return {bytes.begin(), bytes.end()};
}

answer page_at(const std::string& path) {
  return omero_root().get(path);
}

} // namespace

TEST_CASE("omero lists: thumbnails as texts, null where there is none") {
  const auto id = listed_stack();
  const auto all = omero_root().read(
    fmt::format("/webgateway/get_thumbnails/40/?id={0}&id={0}&id=987654321", id));
  REQUIRE(all.size() == 2);
  CHECK(all.at("987654321") == nullptr);
  const auto text = all.at(std::to_string(id)).get<std::string>();
  CHECK(text.starts_with("data:image/jpeg;base64,"));
  CHECK(bytes_of_uri(text)
        == page_at(fmt::format("/webgateway/render_thumbnail/{}/40/", id)).body);
  CHECK(omero_root().read(fmt::format("/webclient/get_thumbnails/?id={}", id)).size()
        == 1);
  std::string many = "/webgateway/get_thumbnails/?id=1";
  for (int i = 2; i <= 51; ++i)
    many += fmt::format("&id={}", i);
  const auto refused = page_at(many);
  CHECK(refused.status == 400);
  CHECK(refused.body == "Max 50 thumbnails at a time.");
  const auto one = omero_root().read(fmt::format("/webgateway/get_thumbnail/{}/40/", id));
  CHECK(one == text);
  CHECK(page_at("/webgateway/get_thumbnail/987654321/").status == 404);
}

TEST_CASE("omero lists: the pages' thumbnails turn their arguments round") {
  const auto id = listed_stack();
  const auto small = page_at(fmt::format("/webclient/render_thumbnail/size/40/{}/", id));
  CHECK(small.body
        == page_at(fmt::format("/webgateway/render_thumbnail/{}/40/", id)).body);
  const auto none = page_at("/webclient/render_thumbnail/987654321/?version=3");
  CHECK(none.status == 200);
  CHECK(none.header("Content-Type") == "image/jpeg");
  CHECK(decode_jpeg(none.body).width == 96);
  CHECK(page_at("/webgateway/render_thumbnail/987654321/").status == 404);
}

TEST_CASE("omero lists: projects, datasets and their images") {
  const auto id = listed_stack();
  auto& client = omero_root();
  const auto meta = client.read(fmt::format("/webgateway/imgData/{}/meta/", id));
  const int64_t project = meta.at("projectId"), dataset = meta.at("datasetId");
  bool listed = false;
  for (auto& p : client.read("/webgateway/proj/list/"))
    listed |= p == json{{"id", project}, {"name", "Listed project"}, {"description", ""}};
  CHECK(listed);
  CHECK(client.read(fmt::format("/webgateway/proj/{}/detail/", project)).at("type")
        == "Project");
  CHECK(client.read(fmt::format("/webgateway/dataset/{}/detail/", dataset))
        == json{{"type", "Dataset"},
                {"id", dataset},
                {"name", "Listed dataset"},
                {"description", ""}});
  CHECK(client.read(fmt::format("/webgateway/proj/{}/children/", project))
        == json::array({json{{"type", "Dataset"},
                             {"id", dataset},
                             {"name", "Listed dataset"},
                             {"description", ""},
                             {"child_count", 1}}}));
  const auto images =
    client.read(fmt::format("/webgateway/dataset/{}/children/?tiled=1", dataset));
  REQUIRE(images.size() == 1);
  const auto& card = images[0];
  CHECK(card.at("type") == "Image");
  CHECK(card.at("id") == id);
  CHECK(card.at("author") == meta.at("imageAuthor"));
  CHECK(card.at("date") == meta.at("imageTimestamp"));
  CHECK(card.at("thumb_url") == fmt::format("/webgateway/render_thumbnail/{}/", id));
  CHECK(card.at("size") == json{{"width", 60}, {"height", 40}});
  CHECK(card.at("tiled") == false);
  CHECK(client.read("/webgateway/proj/987654321/children/") == json::array());
  CHECK(page_at("/webgateway/dataset/987654321/children/").status == 404);
  CHECK(page_at("/webgateway/proj/987654321/detail/").status == 404);
}

TEST_CASE("omero lists: a plate is a grid of one field of each well") {
  auto& root = shared_server().root();
  auto& client = omero_root();
  const auto image = [&](int32_t seed) {
    return import_image(root, fmt::format("field{}.ome.tif", seed), stack{seed}.bytes());
  };
  const auto first = image(1), second = image(2), late = image(3);
  const int64_t plate =
    root.make("/api/v1/plates", {{"name", "Grid"}, {"rows", 4}, {"columns", 6}}).at("id");
  const int64_t run =
    root.make(fmt::format("/api/v1/plates/{}/runs", plate), {{"name", "Later"}}).at("id");
  REQUIRE(root
            .put(fmt::format("/api/v1/plates/{}/fields", plate),
                 {{"fields",
                   {{{"row", 1}, {"column", 2}, {"image", first}},
                    {{"row", 1}, {"column", 2}, {"image", late}, {"run", run}},
                    {{"row", 2}, {"column", 3}, {"image", second}}}}})
            .status
          == 200);
  const auto grid = [&](const std::string& rest) {
    return client.read(fmt::format("/webgateway/plate/{}/{}", plate, rest));
  };
  const auto whole = grid("");
  CHECK(whole.at("grid").size() == 8);
  CHECK(whole.at("grid")[0].size() == 12);
  CHECK(whole.at("rowlabels").front() == "A");
  CHECK(whole.at("rowlabels").back() == "H");
  CHECK(whole.at("collabels").back() == 12);
  CHECK(whole.at("grid")[0][0] == nullptr);
  const auto cell = whole.at("grid")[1][2];
  CHECK(cell.at("id") == first);
  CHECK(cell.at("field") == 0);
  CHECK(cell.at("date").is_number_integer());
  CHECK(cell.at("thumb_url") == fmt::format("/webgateway/render_thumbnail/{}/", first));
  CHECK(whole.at("image_sizes") == json{{{"x", 60}, {"y", 40}, {"image_id", first}}});
  const auto trimmed = grid("?layout=trim&size=48");
  CHECK(trimmed.at("rowlabels") == json{"A", "B", "C"});
  CHECK(trimmed.at("collabels") == json{1, 2, 3, 4});
  CHECK(trimmed.at("grid")[2][3].at("thumb_url")
        == fmt::format("/webgateway/render_thumbnail/{}/48/", second));
  const auto shrunk = grid("?layout=shrink");
  CHECK(shrunk.at("rowlabels") == json{"B", "C"});
  CHECK(shrunk.at("collabels") == json{3, 4});
  CHECK(shrunk.at("grid")[0][0].at("id") == first);
  CHECK(grid("1/").at("grid")[1][2].at("id") == late);
  CHECK(grid("1/").at("grid")[2][3] == nullptr);
  const auto of_run = grid(fmt::format("0/{}/", run));
  CHECK(of_run.at("grid")[1][2].at("id") == late);
  CHECK(of_run.at("grid")[2][3] == nullptr);
  const int64_t well = cell.at("wellId");
  const auto fields = client.read(fmt::format("/webgateway/well/{}/children/", well));
  REQUIRE(fields.size() == 2);
  CHECK(fields[0].at("id") == first);
  CHECK(fields[1].at("name").get<std::string>().ends_with(" [Run: Later]"));
  CHECK(client.read(fmt::format("/webgateway/well/{}/children/?run={}", well, run)).size()
        == 1);
  const auto about = client.read(fmt::format("/webgateway/wellData/{}/", well));
  CHECK(about.at("wellPos") == "B3");
  CHECK(about.at("plateId") == plate);
  CHECK(about.at("id") == first);
  CHECK(client.read(fmt::format("/webgateway/imgData/{}/meta.wellId/", first)) == well);
  CHECK(page_at("/webgateway/plate/987654321/").status == 404);
}

TEST_CASE("omero lists: a histogram counts channels from 0") {
  const stack s;
  const auto id = listed_stack();
  const auto counts = [&](const std::string& rest) {
    return page_at(fmt::format("/webgateway/histogram_json/{}/channel/{}", id, rest));
  };
  const auto data = counts("0/?theZ=1&theT=1").document().at("data");
  CHECK(data.size() == 256);
  CHECK(std::accumulate(data.begin(), data.end(), 0,
                        [](int sum, const json& n) { return sum + n.get<int>(); })
        == s.width * s.height);
  const auto two = counts("1/?theZ=0&theT=0&bins=2").document().at("data");
  CHECK(two.size() == 2);
  CHECK(counts("2/").status == 404);
  CHECK(counts("0/?theZ=3").status == 404);
  const auto many = counts("0/?bins=1000000");
  CHECK(many.status == 400);
  CHECK(many.document().contains("error"));
}

TEST_CASE("omero lists: regions with colours and paths of their own") {
  auto& root = shared_server().root();
  auto& client = omero_root();
  const auto id = import_image(root, "regions.ome.tif", stack{}.bytes());
  const json shapes =
    json::array({{{"kind", "rectangle"},
                  {"geometry", {1, 2, 3, 4}},
                  {"z", 1},
                  {"t", 0},
                  {"text", "cell"},
                  {"fill", 0xFF000080},
                  {"stroke", 0x00FF00FF},
                  {"transform", {1, 0, 0, 1, 5, 6}},
                  {"style", {{"strokeWidth", {{"value", 2}, {"unit", "pixel"}}}}}},
                 {{"kind", "polygon"}, {"geometry", {1, 2, 3, 4, 5, 6}}},
                 {{"kind", "mask"}, {"geometry", {10, 10, 3, 3}}, {"mask", "94A="}}});
  const auto drawn =
    root
      .make(fmt::format("/api/v1/images/{}/rois", id), {{"rois", {{{"shapes", shapes}}}}})
      .at("created")[0];
  const int64_t roi = drawn.at("id");
  const auto list = client.read(fmt::format("/webgateway/get_rois_json/{}/", id));
  REQUIRE(list.size() == 1);
  CHECK(list[0].at("id") == roi);
  const auto& told = list[0].at("shapes");
  REQUIRE(told.size() == 3);
  CHECK(told[0].at("type") == "Polygon");
  CHECK(told[0].at("points") == "M 1 2 L 3 4 L 5 6 z");
  CHECK_FALSE(told[0].contains("theZ"));
  const auto& box = told[2];
  CHECK(box.at("type") == "Rectangle");
  CHECK(box.at("width") == 3);
  CHECK(box.at("theZ") == 1);
  CHECK(box.at("textValue") == "cell");
  CHECK(box.at("fillColor") == "#ff0000");
  CHECK(box.at("fillAlpha").get<double>() == doctest::Approx(128 / 255.0));
  CHECK(box.at("strokeColor") == "#00ff00");
  CHECK(box.at("strokeAlpha") == 1.0);
  CHECK(box.at("strokeWidth") == 2);
  CHECK(box.at("transform") == "matrix(1 0 0 1 5 6)");
  const auto shape = box.at("id").get<int64_t>();
  CHECK(client.read(fmt::format("/webgateway/get_shape_json/{}/{}/", roi, shape)) == box);
  CHECK(page_at(fmt::format("/webgateway/get_shape_json/{}/{}/", roi + 1, shape)).status
        == 404);
  CHECK(client.read("/webgateway/get_rois_json/987654321/") == json::array());

  const auto& mask = told[1];
  CHECK(mask.at("type") == "Mask");
  const auto picture = page_at(
    fmt::format("/webgateway/render_shape_mask/{}/", mask.at("id").get<int64_t>()));
  CHECK(picture.header("Content-Type") == "image/png");
  const auto p = decode_png(picture.body);
  CHECK(p.width == 3);
  CHECK(p.height == 3);
  CHECK(p.at(0, 0, 0) == 255);
  CHECK(p.at(0, 0, 2) == 0);
  CHECK(p.at(1, 1, 0) == 0);
  CHECK(page_at(fmt::format("/webgateway/render_shape_mask/{}/", shape)).status == 404);

  const auto around = decode_jpeg(
    page_at(fmt::format("/webgateway/render_shape_thumbnail/{}?color=f00", shape)).body);
  CHECK(around.width == 250);
  CHECK(around.height == 167);
  CHECK(std::abs(around.at(2, 2, 1) - 0xdd) < 8); // paper beside the image
  // The box is 3 x 4 at 6, 8 after the transform, and in the middle of the picture.
  CHECK(around.at(125 - 2, 83, 0) > around.at(125 - 2, 83, 2) + 80);
  const auto of_roi =
    page_at(fmt::format("/webgateway/render_roi_thumbnail/{}/?color=f00", roi));
  CHECK(of_roi.header("Content-Type") == "image/jpeg");
  CHECK(decode_jpeg(of_roi.body).rgb == around.rgb);
  CHECK(page_at("/webgateway/render_roi_thumbnail/987654321").status == 404);
}

TEST_CASE("omero lists: channels apart, lines, and pages of an image") {
  const auto id = listed_stack();
  auto& client = omero_root();
  const auto apart = decode_jpeg(
    page_at(fmt::format("/webgateway/render_split_channel/{}/0/0/", id)).body);
  const auto told = client.read(fmt::format("/webgateway/imgData/{}/", id));
  const auto how = told.at("rdefs").at("model") == "color" ? "c" : "g";
  CHECK(apart.width == told.at("split_channel").at(how).at("width"));
  CHECK(apart.height == told.at("split_channel").at(how).at("height"));
  for (auto plot : {"render_row_plot", "render_col_plot"}) {
    const auto p =
      decode_png(page_at(fmt::format("/webgateway/{}/{}/0/0/7/", plot, id)).body);
    CHECK(p.width == 60);
    CHECK(p.height == 40);
    CHECK(page_at(fmt::format("/webgateway/{}/{}/0/0/70/", plot, id)).status == 404);
  }
  const auto page =
    page_at(fmt::format("/webclient/img_detail/{}/?c=1%7C0:9$FF0000&z=2", id));
  CHECK(page.status == 302);
  CHECK( // the client decodes headers
    page.header("Location")
    == fmt::format("{}/image/{}?c=1|0:9$FF0000&z=2", shared_server().url(), id));
  CHECK(page_at("/webgateway/img_detail/987654321/").status == 404);
  CHECK(page_at(fmt::format("/webgateway/render_movie/{}/z/0/", id)).status == 404);
  CHECK(client.read("/webgateway/open_with/").contains("open_with_options"));
  const auto paths = client.read(fmt::format("/webgateway/original_file_paths/{}/", id));
  CHECK(paths.at("client") == json{"listed.ome.tif"});
  CHECK(paths.at("repo").size() == 1);
  CHECK(paths.at("fileset").at("id").is_number_integer());
  bool found = false;
  for (auto& hit : client.read("/webgateway/search/?text=listed&ctx=imgs"))
    found |= hit.at("id") == id;
  CHECK(found);
}
