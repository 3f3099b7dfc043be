// Bitmaps, byte by byte.

#include "storage/failure.hpp"
#include "storage/formats/reader.hpp"
#include "tests/unit/storage/planes.hpp"
#include "tests/unit/storage/scratch_folder.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::test;

namespace {

std::string number(uint32_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i, value >>= 8)
    text += static_cast<char>(value & 0xff);
  return text;
}

/// @param extra  masks or palette, @param rows  as stored.
std::string bmp(int32_t width, int32_t height, uint32_t bits, uint32_t coding,
                const std::string& extra, const std::string& rows) {
  const auto start = static_cast<uint32_t>(54 + extra.size());
  return "BM" + number(start + static_cast<uint32_t>(rows.size()), 4) + number(0, 4)
         + number(start, 4) + number(40, 4) + number(static_cast<uint32_t>(width), 4)
         + number(static_cast<uint32_t>(height), 4) + number(1, 2) + number(bits, 2)
         + number(coding, 4) + number(0, 12) + number(bits == 4 ? 3 : 0, 4) + number(0, 4)
         + extra + rows;
}

std::vector<uint8_t> interleaved(const std::string& file) {
  const scratch_folder folder;
  const auto reader = formats::open(write_file(folder / "a.bmp", file));
  const auto& size = reader->describe().images[0].size;
  std::vector<uint8_t> all(static_cast<size_t>(size.x * size.y * size.c));
  for (int32_t c = 0; c < size.c; ++c) {
    const auto got =
      samples_of<uint8_t>(reader->read({0, 0, {}, {c}, {0, 0, size.x, size.y}}).front());
    for (size_t i = 0; i < got.size(); ++i)
      all[i * static_cast<size_t>(size.c) + static_cast<size_t>(c)] = got[i];
  }
  return all;
}

using bytes = std::vector<uint8_t>;

} // namespace

TEST_CASE("bmp: 24 bits, from the bottom up or from the top down") {
  using namespace std::string_literals;
  const auto rows = "\1\2\3\0\4\5\6\0"s;
  CHECK(interleaved(bmp(1, 2, 24, 0, "", rows)) == bytes{6, 5, 4, 3, 2, 1});
  CHECK(interleaved(bmp(1, -2, 24, 0, "", rows)) == bytes{3, 2, 1, 6, 5, 4});
}

TEST_CASE("bmp: palettes, grey ones as one channel") {
  using namespace std::string_literals;
  CHECK(interleaved(bmp(3, 1, 1, 0, "\0\0\0\0\xff\xff\xff\0"s, "\xa0\0\0\0"s))
        == bytes{255, 0, 255});
  CHECK(interleaved(bmp(2, 1, 4, 0, "\1\2\3\0\4\5\6\0\7\7\7\0"s, "\x1f\0\0\0"s))
        == bytes{6, 5, 4, 0, 0, 0});
}

TEST_CASE("bmp: 16 and 32 bits, with masks and without") {
  using namespace std::string_literals;
  CHECK(interleaved(bmp(1, 1, 16, 0, "", "\x00\x7c\0\0"s)) == bytes{255, 0, 0});
  const auto masks_565 = number(0xf800, 4) + number(0x7e0, 4) + number(0x1f, 4);
  CHECK(interleaved(bmp(1, 1, 16, 3, masks_565, "\xe0\x07\0\0"s)) == bytes{0, 255, 0});
  CHECK(interleaved(bmp(1, 1, 32, 0, "", "\1\2\3\x63"s)) == bytes{3, 2, 1});
  const auto with_alpha =
    number(0xff, 4) + number(0xff00, 4) + number(0xff0000, 4) + number(0xff000000, 4);
  CHECK(interleaved(bmp(1, 1, 32, 6, with_alpha, "\1\2\3\x63"s)) == bytes{1, 2, 3, 99});
}

TEST_CASE("bmp: lies about sizes, masks and compression are refused") {
  const auto refused = [](const std::string& file, const char* why) {
    CHECK_THROWS_WITH_AS(interleaved(file), why, failure);
  };
  refused(
    bmp(1 << 30, 1 << 30, 24, 0, "", "1234"),
    "a.bmp: truncated: 1073741824 x 1073741824 pixels are declared, the file has 58 "
    "bytes");
  refused(bmp(0, 1, 24, 0, "", "1234"),
          "a.bmp: invalid dimensions: the image has no pixels");
  refused(bmp(1, INT32_MIN, 24, 0, "", "1234"),
          "a.bmp: invalid dimensions: the image has no pixels");
  refused(bmp(1, 1, 8, 1, "", "1234"), "a.bmp: compressed bitmaps are not supported");
  refused(bmp(1, 1, 7, 0, "", "1234"), "a.bmp: a bitmap of 7 bits a pixel");
  refused(bmp(1, 1, 32, 3, number(5, 4) + number(0, 8), "1234"),
          "a.bmp: its colour masks are invalid");
  refused(bmp(1, 1, 8, 0, "", "1234"), "a.bmp: truncated: its header is not whole");
}
