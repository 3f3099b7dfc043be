#include "storage/encode/encode.hpp"
#include "storage/failure.hpp"
#include "storage/formats/reader.hpp"
#include "tests/unit/storage/scratch_folder.hpp"

#include <cmath>
#include <doctest/doctest.h>
#include <tiffio.h>

using namespace troupe;
using namespace troupe::test;

namespace {

render::picture gradient(int32_t width, int32_t height) {
  render::picture p{width, height, {}};
  for (int32_t y = 0; y < height; ++y)
    for (int32_t x = 0; x < width; ++x)
      p.rgb.insert(p.rgb.end(), {static_cast<uint8_t>(x), static_cast<uint8_t>(y), 128});
  return p;
}

/// What our own readers make of encoded bytes, interleaved.
render::picture decoded(const encoded_image& encoded) {
  const scratch_folder folder;
  const auto reader =
    formats::open(write_file(folder / "a", std::string{encoded.bytes.view()}));
  const auto size = reader->describe().images[0].size;
  const auto planes = reader->read({0, 0, {}, {0, 1, 2}, {0, 0, size.x, size.y}});
  render::picture p{size.x, size.y, {}};
  for (size_t i = 0; i < planes[0].samples.size(); ++i)
    for (auto& plane : planes)
      p.rgb.push_back(plane.samples.data()[i]);
  return p;
}

} // namespace

TEST_CASE("encode: PNG keeps every byte") {
  const auto p = gradient(33, 17);
  const auto encoded = encode(p, image_format::png);
  CHECK(encoded.mime == "image/png");
  CHECK(encoded.size == extent{33, 17});
  const auto back = decoded(encoded);
  CHECK(back.width == 33);
  CHECK(back.rgb == p.rgb);
}

TEST_CASE("encode: TIFF keeps every byte, in strips that libtiff reads") {
  scratch_folder folder;
  const auto p = gradient(700, 301);
  const auto encoded = encode(p, image_format::tiff);
  CHECK(encoded.mime == "image/tiff");
  const auto path = write_file(folder / "a.tif", std::string{encoded.bytes.view()});
  auto* tiff = TIFFOpen(path.c_str(), "r");
  REQUIRE(tiff);
  CHECK(TIFFNumberOfStrips(tiff) > 1);
  std::vector<uint8_t> rgb(p.rgb.size());
  size_t at = 0;
  for (uint32_t strip = 0; strip < TIFFNumberOfStrips(tiff); ++strip)
    at += static_cast<size_t>(TIFFReadEncodedStrip(
      tiff, strip, rgb.data() + at, static_cast<tmsize_t>(rgb.size() - at)));
  CHECK(at == rgb.size());
  CHECK(rgb == p.rgb);
  TIFFClose(tiff);
}

TEST_CASE("encode: samples become a TIFF of one channel that our reader reads") {
  const scratch_folder folder;
  const std::vector<int16_t> made{-5, 0, 7, 300, -32768, 32767};
  raw_plane plane{3, 2, pixel_type::int16, {}};
  const auto* bytes = reinterpret_cast<const uint8_t*>(made.data());
  plane.samples = shared_bytes{{bytes, bytes + 2 * made.size()}};
  const auto encoded = encode_samples(plane);
  CHECK(encoded.mime == "image/tiff");
  const auto reader =
    formats::open(write_file(folder / "a.tif", std::string{encoded.bytes.view()}));
  const auto& image = reader->describe().images[0];
  CHECK(image.size == dimensions{3, 2, 1, 1, 1});
  CHECK(image.type == pixel_type::int16);
  const auto back = reader->read({0, 0, {}, {0}, {0, 0, 3, 2}});
  CHECK(back[0].samples.view() == plane.samples.view());
}

TEST_CASE("encode: JPEG keeps the picture, better quality takes more bytes") {
  const auto p = gradient(64, 48);
  const auto encoded = encode(p, image_format::jpeg);
  CHECK(encoded.mime == "image/jpeg");
  CHECK(encoded.size == extent{64, 48});
  const auto back = decoded(encoded);
  REQUIRE(back.rgb.size() == p.rgb.size());
  int worst = 0;
  for (size_t i = 0; i < p.rgb.size(); ++i)
    worst = std::max(worst, std::abs(back.rgb[i] - p.rgb[i]));
  CHECK(worst < 12);
  CHECK(encode(p, image_format::jpeg, 1).bytes.size()
        > encode(p, image_format::jpeg, 0.1).bytes.size());
}

TEST_CASE("encode: a quality that is none falls back, no pixels are refused") {
  const auto p = gradient(16, 16);
  for (auto quality : {-1.0, 0.0, 7.0, std::nan("")})
    CHECK(encode(p, image_format::jpeg, quality).bytes.size() > 0);
  CHECK_THROWS_AS(encode({}, image_format::jpeg), failure);
  CHECK_THROWS_AS(encode({}, image_format::png), failure);
}

TEST_CASE("pixels: names of types go both ways") {
  for (auto name : {"bit", "int8", "uint8", "int16", "uint16", "int32", "uint32", "float",
                    "double", "complex", "double-complex"}) {
    REQUIRE(pixel_type_of(name));
    CHECK(name_of(*pixel_type_of(name)) == name);
  }
  CHECK(!pixel_type_of("uint64"));
  CHECK(bytes_of(pixel_type::complex128) == 16);
}
