// JPEG encoding in bands, and stored JPEG that is passed through.

#include "storage/encode/codecs.hpp"
#include "storage/encode/jpeg_encoder.hpp"
#include "storage/encode/jpeg_pass_through.hpp"
#include "storage/failure.hpp"
#include "storage/render/draw.hpp"
#include "tests/unit/storage/planes.hpp"

#include <doctest/doctest.h>
#include <memory>
#include <turbojpeg.h>

using namespace troupe;
using namespace troupe::test;

namespace {

/// Busy enough that every block has coefficients.
render::picture busy_picture(int32_t width, int32_t height) {
  render::picture p{width, height, {}};
  for (int32_t y = 0; y < height; ++y)
    for (int32_t x = 0; x < width; ++x)
      p.rgb.insert(p.rgb.end(),
                   {static_cast<uint8_t>(x * y), static_cast<uint8_t>(3 * x + y / 2),
                    static_cast<uint8_t>(x ^ y)});
  return p;
}

row_source rows_of(const render::picture& p) {
  return [&p](int32_t y, const render::component_rows& to) {
    auto pixel = p.rgb.data() + static_cast<size_t>(y) * static_cast<size_t>(p.width) * 3;
    for (int32_t x = 0; x < p.width; ++x)
      for (auto component : to)
        component[x] = *pixel++;
  };
}

std::string text(std::span<const uint8_t> bytes) {
  return {bytes.begin(), bytes.end()};
}

std::string turbo_jpeg(const render::picture& p, int percent) {
  const std::unique_ptr<void, int (*)(void*)> handle{tjInitCompress(), tjDestroy};
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  tjCompress2(handle.get(), p.rgb.data(), p.width, 0, p.height, TJPF_RGB, &bytes, &size,
              TJSAMP_420, percent, 0);
  std::string result{reinterpret_cast<char*>(bytes), size};
  tjFree(bytes);
  return result;
}

std::vector<uint8_t> decoded(std::string_view file) {
  const std::unique_ptr<void, int (*)(void*)> handle{tjInitDecompress(), tjDestroy};
  const auto bytes = reinterpret_cast<const unsigned char*>(file.data());
  int width = 0, height = 0, sampling = 0, colors = 0;
  REQUIRE(tjDecompressHeader3(handle.get(), bytes, file.size(), &width, &height,
                              &sampling, &colors)
          == 0);
  std::vector<uint8_t> rgb(static_cast<size_t>(width) * static_cast<size_t>(height) * 3);
  REQUIRE(tjDecompress2(handle.get(), bytes, file.size(), rgb.data(), width, 0, height,
                        TJPF_RGB, 0)
          == 0);
  return rgb;
}

/// What libjpeg makes of red, green and blue stored as such: without JFIF marker, tables
/// and pixels apart, as in a TIFF.
struct stored_tile {
  std::string tables, pixels;
};

stored_tile store_tile(const render::picture& p, J_COLOR_SPACE colors) {
  jpeg_compress_struct state{};
  jpeg_error_mgr errors{};
  state.err = jpeg_std_error(&errors);
  jpeg_create_compress(&state);
  state.image_width = static_cast<JDIMENSION>(p.width);
  state.image_height = static_cast<JDIMENSION>(p.height);
  state.input_components = 3;
  state.in_color_space = JCS_RGB;
  jpeg_set_defaults(&state);
  jpeg_set_colorspace(&state, colors);
  for (int i = 0; i < 3; ++i)
    state.comp_info[i].component_id = i + 1; // as libtiff does
  state.write_JFIF_header = FALSE;
  state.write_Adobe_marker = FALSE;
  stored_tile result;
  for (auto tables_only : {true, false}) {
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&state, &bytes, &size);
    if (tables_only) {
      jpeg_write_tables(&state);
    } else {
      jpeg_start_compress(&state, FALSE);
      for (int32_t y = 0; y < p.height; ++y) {
        auto row = const_cast<JSAMPROW>(p.rgb.data()) + size_t(y) * p.width * 3;
        jpeg_write_scanlines(&state, &row, 1);
      }
      jpeg_finish_compress(&state);
    }
    (tables_only ? result.tables : result.pixels) = {reinterpret_cast<char*>(bytes),
                                                     size};
    std::free(bytes);
  }
  jpeg_destroy_compress(&state);
  return result;
}

std::span<const uint8_t> bytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

render::settings rgb_settings() {
  render::settings s;
  const rgba colors[] = {{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}};
  for (int32_t i = 0; i < 3; ++i)
    s.channels.push_back({.index = i, .start = 0, .end = 255, .color = colors[i]});
  return s;
}

} // namespace

TEST_CASE("jpeg: bytes equal TurboJPEG's") {
  for (auto size : {extent{64, 48}, {37, 19}, {1, 1}, {16, 500}})
    for (auto percent : {10, 85, 96, 100}) {
      CAPTURE(size.width);
      CAPTURE(percent);
      const auto p = busy_picture(size.width, size.height);
      CHECK(encode(p, image_format::jpeg, percent / 100.0).bytes.view()
            == turbo_jpeg(p, percent));
    }
}

TEST_CASE("jpeg: bands of several threads equal one encoder with restart markers") {
  for (auto size : {extent{1000, 1201}, {2048, 1024}, {333, 4000}}) {
    const auto p = busy_picture(size.width, size.height);
    const auto banded = encode_jpeg(size, rows_of(p), 0.85, 2);
    // The interval is in the file; one encoder with the same makes the same bytes.
    const auto at = banded.bytes.view().find(std::string_view{"\xff\xdd\0\x04", 4});
    REQUIRE(at != std::string_view::npos);
    const auto interval = banded.bytes.data()[at + 4] << 8 | banded.bytes.data()[at + 5];
    const auto alone = jpeg_encoder::of_thread().encode(
      {size, 0, 85, static_cast<uint32_t>(interval)}, rows_of(p));
    CHECK(banded.bytes.view() == text(alone));
    CHECK(decoded(banded.bytes.view())
          == decoded(encode(p, image_format::jpeg).bytes.view()));
  }
}

TEST_CASE("jpeg: small pictures are not cut into bands") {
  const auto p = busy_picture(300, 200);
  CHECK(encode_jpeg({300, 200}, rows_of(p), 0.85, 8).bytes.view()
        == encode(p, image_format::jpeg).bytes.view());
}

TEST_CASE("jpeg: drawing into the encoder equals encoding what was drawn") {
  std::vector<uint16_t> samples(700 * 900);
  for (size_t i = 0; i < samples.size(); ++i)
    samples[i] = static_cast<uint16_t>(i * 2654435761u >> 16);
  const std::vector planes{plane_of<uint16_t>(700, 900, samples)};
  const render::settings s{
    render::model::color,
    {{.index = 0, .start = 100, .end = 60000, .color = {255, 100, 0, 255}}}};
  const auto painter = render::painter_of(s, planes, {});
  const auto drawn = render::draw(s, planes, {});
  CHECK(encode(painter, image_format::jpeg).bytes.view()
        == encode(drawn, image_format::jpeg).bytes.view());
  CHECK(decoded(encode(painter, image_format::jpeg, 0.85, 2).bytes.view())
        == decoded(encode(drawn, image_format::jpeg).bytes.view()));
  CHECK(encode(painter, image_format::png).bytes.view()
        == encode(drawn, image_format::png).bytes.view());
}

TEST_CASE("jpeg: a picture that fails half way leaves a usable encoder") {
  const auto p = busy_picture(64, 64);
  const auto wanted = encode(p, image_format::jpeg);
  CHECK_THROWS_AS(encode_jpeg(
                    {64, 64},
                    [&](int32_t y, const render::component_rows& to) {
                      if (y > 20)
                        throw failure{errc::internal, "no more rows"};
                      rows_of(p)(y, to);
                    },
                    0.85, 1),
                  failure);
  CHECK(encode(p, image_format::jpeg).bytes.view() == wanted.bytes.view());
}

TEST_CASE("pass-through: tables and pixels become one file, colours stay") {
  const auto p = busy_picture(64, 32);
  for (auto space : {JCS_YCbCr, JCS_RGB}) {
    const auto stored = store_tile(p, space);
    const auto file =
      complete_jpeg(bytes(stored.tables), bytes(stored.pixels),
                    space == JCS_RGB ? jpeg_colors::rgb : jpeg_colors::ycbcr);
    REQUIRE(file);
    CHECK(file->size == extent{64, 32});
    const auto back = decoded(file->bytes.view());
    double off = 0;
    for (size_t i = 0; i < back.size(); ++i)
      off += std::abs(back[i] - p.rgb[i]);
    CHECK(off / static_cast<double>(back.size()) < (space == JCS_RGB ? 20 : 40));
    CHECK(back.size() == p.rgb.size());
  }
}

TEST_CASE(
  "pass-through: a complete tile needs no tables, a JFIF marker no longer counts") {
  const auto p = busy_picture(32, 32);
  const auto whole = turbo_jpeg(p, 90);
  const auto same = complete_jpeg({}, bytes(whole), jpeg_colors::ycbcr);
  REQUIRE(same);
  CHECK(same->bytes.view() == whole);
  const auto as_rgb = complete_jpeg({}, bytes(whole), jpeg_colors::rgb);
  REQUIRE(as_rgb);
  CHECK(as_rgb->bytes.view().find("JFIF") == std::string_view::npos);
  CHECK(as_rgb->bytes.view().find("Adobe") != std::string_view::npos);
}

TEST_CASE("pass-through: what is no JPEG of three components is refused") {
  const auto stored = store_tile(busy_picture(32, 32), JCS_YCbCr);
  const auto complete = [&](std::string_view tables, std::string_view pixels) {
    return complete_jpeg(bytes(tables), bytes(pixels), jpeg_colors::ycbcr);
  };
  CHECK(!complete(stored.tables, ""));
  CHECK(!complete(stored.tables, stored.tables));
  CHECK(!complete(stored.pixels, stored.pixels));
  CHECK(!complete("tables", stored.pixels));
  CHECK(!complete(stored.tables, "II*\0"));
  for (size_t size = 0; size < 40; ++size)
    complete(stored.tables.substr(0, size), stored.pixels.substr(0, size));
  auto grey = stored.pixels;
  grey[grey.find("\xff\xc0") + 9] = 1;
  CHECK(!complete(stored.tables, grey));
}

TEST_CASE("pass-through: only an untouched colour picture shows what is stored") {
  const auto shows = [](const render::settings& s) {
    return shows_stored_colors(s, pixel_type::uint8, 3);
  };
  const auto untouched = rgb_settings();
  CHECK(shows(untouched));
  CHECK(!shows_stored_colors(untouched, pixel_type::uint16, 3));
  CHECK(!shows_stored_colors(untouched, pixel_type::uint8, 4));
  const auto changed = [&](auto change) {
    auto s = untouched;
    change(s, s.channels[1]);
    return !shows(s);
  };
  CHECK(changed([](auto&, auto& c) { c.active = false; }));
  CHECK(changed([](auto&, auto& c) { c.end = 254; }));
  CHECK(changed([](auto&, auto& c) { c.inverted = true; }));
  CHECK(changed([](auto&, auto& c) { c.lut = "fire.lut"; }));
  CHECK(changed([](auto&, auto& c) { c.color.green = 254; }));
  CHECK(changed([](auto&, auto& c) { c.color.alpha = 128; }));
  CHECK(changed([](auto&, auto& c) { c.noise_reduction = true; }));
  CHECK(changed([](auto&, auto& c) {
    c.curve = render::family::polynomial;
    c.coefficient = 2;
  }));
  CHECK(changed([](auto& s, auto&) { s.model = render::model::greyscale; }));
  CHECK(changed([](auto& s, auto&) { s.levels.end = 200; }));
}
