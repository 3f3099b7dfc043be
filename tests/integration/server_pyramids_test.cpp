// Levels that a file lacks: made in the background, used when they are there, replaced
// when they are not.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <array>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <thread>

using namespace troupe;
using namespace troupe::test;

namespace {

constexpr int32_t side = 4000;

/// An uncompressed grey TIFF of one strip a row: sample(x, y) = x / 16 ^ y / 16.
uint8_t sample(int32_t x, int32_t y) {
  return static_cast<uint8_t>((x / 16) ^ (y / 16));
}

void put(std::string& to, uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i)
    to += static_cast<char>(value >> (8 * i));
}

std::string big_file() {
  constexpr uint32_t pixels = side * side;
  std::string out = "II*";
  out += '\0';
  put(out, 8 + pixels, 4);
  for (int32_t y = 0; y < side; ++y)
    for (int32_t x = 0; x < side; ++x)
      out += static_cast<char>(sample(x, y));
  const std::vector<std::array<uint32_t, 3>> fields{
    {256, 4, side}, {257, 4, side}, {258, 3, 8},    {259, 3, 1},     {262, 3, 1},
    {273, 4, 8},    {277, 3, 1},    {278, 4, side}, {279, 4, pixels}};
  put(out, static_cast<uint32_t>(fields.size()), 2);
  for (auto [tag, type, value] : fields) {
    put(out, tag, 2);
    put(out, type, 2);
    put(out, 1, 4);
    put(out, value, 4);
  }
  put(out, 0, 4);
  return out;
}

/// The image once its pyramid is in that state, or after a minute.
json wait_for(running_server& server, int64_t image, const std::string& state) {
  json found;
  for (int i = 0; i < 600; ++i) {
    found = server.root().read("/api/v1/images/" + std::to_string(image));
    if (found["pyramid"]["state"] == state)
      break;
    std::this_thread::sleep_for(100ms);
  }
  return found;
}

/// Exact: the cells of the file are 16 x 16, so two halvings change no sample.
void check_level_2(running_server& server, int64_t image) {
  // A session believes for two seconds what it knows of an image that is worked on.
  const auto tile = fmt::format("/api/v1/images/{}/tile?z=0&t=0&level=2&x=0&y=0", image);
  for (int i = 0; i < 100 && server.root().get(tile).status == 404; ++i)
    std::this_thread::sleep_for(100ms);
  auto got =
    pixels(server.root(), image, "z=0&t=0&c=0&level=2&x=300&y=500&width=64&height=8");
  REQUIRE(got.size() == 64 * 8);
  size_t wrong = 0;
  for (int32_t y = 0; y < 8; ++y)
    for (int32_t x = 0; x < 64; ++x)
      wrong += static_cast<uint8_t>(got[static_cast<size_t>(y * 64 + x)])
               != sample((300 + x) * 4, (500 + y) * 4);
  CHECK(wrong == 0);
}

std::filesystem::path folder_of(running_server& server, int64_t image) {
  if (!std::filesystem::exists(server.data() / "cache/derived"))
    return {};
  for (auto& entry :
       std::filesystem::recursive_directory_iterator{server.data() / "cache/derived"})
    if (entry.path().filename() == fmt::format("{:09}", image))
      return entry.path();
  return {};
}

} // namespace

TEST_CASE("pyramids: a big image gets its levels, and they are used") {
  running_server server;
  const auto image = import_image(server.root(), "big.tif", big_file());
  CHECK(server.root()
          .get(fmt::format("/api/v1/images/{}/tile?z=0&t=0&level=0&x=1&y=1", image))
          .status
        == 200); // meanwhile
  const auto made = wait_for(server, image, "ready");
  REQUIRE(made["pyramid"]["state"] == "ready");
  CHECK(made["state"] == "ready");
  REQUIRE(made["levels"].size() == 5);
  CHECK(made["levels"][1] == json{{"width", 2000}, {"height", 2000}});
  CHECK(made["levels"][4] == json{{"width", 250}, {"height", 250}});
  check_level_2(server, image);
  const auto all =
    server.root().read(fmt::format("/api/v1/images/{}/histogram?c=0", image));
  CHECK(all["whole"] == true);
  CHECK(all["exact"] == true);
  std::vector<int64_t> counts(256);
  for (int32_t y = 0; y < side; ++y)
    for (int32_t x = 0; x < side; ++x)
      ++counts[sample(x, y)];
  CHECK(all["counts"] == counts);
  const auto tile = server.root().get(
    fmt::format("/api/v1/images/{}/tile?z=0&t=0&level=2&x=1&y=1&format=png", image));
  REQUIRE(tile.status == 200);
  const auto picture = decode_png(tile.body);
  CHECK(picture.width == 488);
  CHECK(picture.at(0, 0, 0) == sample(512 * 4, 512 * 4));

  SUBCASE("it can be removed, and made again") {
    const auto at = fmt::format("/api/v1/images/{}/pyramid", image);
    CHECK(server.root().remove(at).status == 204);
    auto now = server.root().read(fmt::format("/api/v1/images/{}", image));
    CHECK(now["pyramid"]["state"] == "none");
    CHECK(now["levels"].size() == 1);
    CHECK(folder_of(server, image).empty());
    CHECK(server.root().post(at).status == 204);
    CHECK(wait_for(server, image, "ready")["levels"].size() == 5);
    check_level_2(server, image);
    CHECK(server.add_user("ann").remove(at).status == 403);
  }
  SUBCASE("one that is deleted while the server runs is made again") {
    std::filesystem::remove_all(server.data() / "cache/derived");
    const auto status =
      server.root()
        .get(fmt::format("/api/v1/images/{}/tile?z=0&t=0&level=3&x=0&y=0", image))
        .status;
    CHECK((status == 503 || status == 404 || status == 200));
    for (int i = 0; i < 600 && folder_of(server, image).empty(); ++i)
      std::this_thread::sleep_for(100ms);
    CHECK(wait_for(server, image, "ready")["levels"].size() == 5);
    check_level_2(server, image);
  }
  SUBCASE("an emptied cache folder is filled again after a start") {
    CHECK(server.stop() == 0);
    std::filesystem::remove_all(server.data() / "cache");
    server.start();
    std::this_thread::sleep_for(1s);
    CHECK(wait_for(server, image, "ready")["levels"].size() == 5);
    for (int i = 0; i < 600 && folder_of(server, image).empty(); ++i)
      std::this_thread::sleep_for(100ms);
    wait_for(server, image, "ready");
    check_level_2(server, image);
  }
}

TEST_CASE("pyramids: a server that dies while one is made goes on after its start") {
  running_server server{{.fault_point = "pyramid.built"}};
  int64_t image = 0;
  try {
    image = import_image(server.root(), "big.tif", big_file());
  } catch (const std::exception&) {
    // It may die before the answer has arrived.
  }
  REQUIRE(server.has_ended());
  server.start();
  if (image == 0)
    image = server.root().read("/api/v1/images").at("items").at(0).at("id");
  CHECK(wait_for(server, image, "ready")["levels"].size() == 5);
  check_level_2(server, image);
}
