// WebP, made in code with its encoder.

#include "storage/failure.hpp"
#include "storage/formats/reader.hpp"
#include "tests/unit/storage/planes.hpp"
#include "tests/unit/storage/scratch_folder.hpp"

#include <doctest/doctest.h>
#include <webp/encode.h>

using namespace troupe;
using namespace troupe::test;

namespace {

std::string webp(int width, int height, bool alpha, const std::vector<uint8_t>& samples) {
  uint8_t* bytes = nullptr;
  const auto size =
    alpha ? WebPEncodeLosslessRGBA(samples.data(), width, height, width * 4, &bytes)
          : WebPEncodeLosslessRGB(samples.data(), width, height, width * 3, &bytes);
  const std::string text{reinterpret_cast<char*>(bytes), size};
  WebPFree(bytes);
  return text;
}

} // namespace

TEST_CASE("webp: colour, with alpha and without") {
  const scratch_folder folder;
  auto reader =
    formats::open(write_file(folder / "a", webp(2, 1, false, {1, 2, 3, 40, 50, 60})));
  CHECK(reader->describe().format == "WebP");
  CHECK(reader->describe().images[0].rgb);
  CHECK(samples_of<uint8_t>(reader->read({0, 0, {}, {1}, {0, 0, 2, 1}})[0])
        == std::vector<uint8_t>{2, 50});
  reader = formats::open(write_file(folder / "b", webp(1, 1, true, {9, 8, 7, 100})));
  CHECK(reader->describe().images[0].size.c == 4);
  CHECK(samples_of<uint8_t>(reader->read({0, 0, {}, {3}, {0, 0, 1, 1}})[0])
        == std::vector<uint8_t>{100});
}

TEST_CASE("webp: a cut one is refused") {
  const scratch_folder folder;
  std::vector<uint8_t> noise(3 * 64 * 64);
  for (size_t i = 0; i < noise.size(); ++i)
    noise[i] = static_cast<uint8_t>(i * i * 7 + i / 5);
  const auto whole = webp(64, 64, false, noise);
  const auto reader =
    formats::open(write_file(folder / "a", whole.substr(0, whole.size() - 50)));
  CHECK_THROWS_AS(reader->read({0, 0, {}, {0}, {0, 0, 1, 1}}), failure);
  CHECK_THROWS_WITH_AS(formats::open(write_file(folder / "b", whole.substr(0, 18))),
                       "b: not a valid WebP: truncated", failure);
}
