// Metadata, codecs and chunks of Zarr arrays.

#include "storage/failure.hpp"
#include "storage/formats/zarr_chunks.hpp"
#include "tests/unit/storage/zarr_writer.hpp"

#include <blosc.h>
#include <doctest/doctest.h>
#include <lz4.h>
#include <zlib.h>
#include <zstd.h>

using namespace troupe;
using namespace troupe::test;
using formats::zarr_codec;

namespace {

using bytes = std::vector<uint8_t>;

formats::zarr_array parsed(const json& j) {
  return formats::parse_zarr_array("0", j.dump());
}

bytes deflated(const bytes& plain) {
  bytes out(compressBound(plain.size()));
  uLongf size = out.size();
  compress(out.data(), &size, plain.data(), plain.size());
  out.resize(size);
  return out;
}

bytes bloscked(const bytes& plain, const char* inner, int shuffle) {
  bytes out(plain.size() + BLOSC_MAX_OVERHEAD);
  out.resize(static_cast<size_t>(blosc_compress_ctx(
    5, shuffle, 2, plain.size(), plain.data(), out.data(), out.size(), inner, 0, 1)));
  return out;
}

bytes ramp(size_t size) {
  bytes plain(size);
  for (size_t i = 0; i < size; ++i)
    plain[i] = static_cast<uint8_t>(i / 3);
  return plain;
}

std::string text_of(const bytes& b) {
  return {b.begin(), b.end()};
}

} // namespace

TEST_CASE("zarr: every compressor gives back what went in, and no more than agreed") {
  const auto plain = ramp(3000);
  auto check = [&](zarr_codec codec, const bytes& stored) {
    CHECK(formats::decompress(codec, stored, 3000) == plain);
    CHECK_THROWS_AS(formats::decompress(codec, stored, 2999), failure);
    const bytes cut(stored.begin(), stored.end() - 9);
    CHECK_THROWS_AS(formats::decompress(codec, cut, 3000), failure);
    CHECK_THROWS_AS(formats::decompress(codec, {}, 3000), failure);
  };
  check(zarr_codec::deflate, deflated(plain));
  bytes out(ZSTD_compressBound(plain.size()));
  out.resize(ZSTD_compress(out.data(), out.size(), plain.data(), plain.size(), 3));
  check(zarr_codec::zstd, out);
  out.assign(4 + static_cast<size_t>(LZ4_compressBound(3000)), 0);
  out[0] = 3000 & 0xff;
  out[1] = 3000 >> 8;
  out.resize(4
             + static_cast<size_t>(
               LZ4_compress_default(reinterpret_cast<const char*>(plain.data()),
                                    reinterpret_cast<char*>(out.data()) + 4, 3000,
                                    static_cast<int>(out.size()) - 4)));
  check(zarr_codec::lz4, out);
  for (auto inner : {"blosclz", "lz4", "lz4hc", "zlib", "zstd"})
    for (auto shuffle : {BLOSC_NOSHUFFLE, BLOSC_SHUFFLE, BLOSC_BITSHUFFLE}) {
      CAPTURE(inner);
      check(zarr_codec::blosc, bloscked(plain, inner, shuffle));
    }
}

TEST_CASE("zarr: a wrong checksum is refused") {
  const std::string digits = "123456789";
  bytes stored{digits.begin(), digits.end()};
  CHECK(formats::crc32c_of(stored) == 0xe3069283);
  stored.insert(stored.end(), {0x83, 0x92, 0x06, 0xe3});
  CHECK(formats::decompress(zarr_codec::crc32c, stored, 9).size() == 9);
  stored[0] ^= 1;
  CHECK_THROWS_WITH_AS(formats::decompress(zarr_codec::crc32c, stored, 9),
                       "the checksum of a chunk is wrong", failure);
}

TEST_CASE("zarr: types and fill values of both versions") {
  auto type = [](const char* name) { return formats::zarr_type_named(name).type; };
  CHECK(type("|b1") == pixel_type::bit);
  CHECK(type("<u2") == pixel_type::uint16);
  CHECK(type("float64") == pixel_type::float64);
  CHECK(formats::zarr_type_named(">i4").big_endian);
  CHECK(formats::zarr_type_named("<i8").bytes == 8);
  for (auto bad : {"|O", "<U4", "<f2", "", "<", "u2", "r24"})
    CHECK_THROWS_AS(formats::zarr_type_named(bad), failure);
  auto fill = [](const json& j, pixel_type t) { return formats::zarr_fill(j, t); };
  CHECK(fill(nullptr, pixel_type::uint16) == bytes{0, 0});
  CHECK(fill(-7, pixel_type::int16) == bytes{0xf9, 0xff});
  CHECK(fill("3", pixel_type::uint8) == bytes{3});
  CHECK(fill(true, pixel_type::bit) == bytes{1});
  CHECK(fill("NaN", pixel_type::float32) == bytes{0, 0, 0xc0, 0x7f});
  CHECK(fill("-Infinity", pixel_type::float32) == bytes{0, 0, 0x80, 0xff});
  CHECK(fill("0x7fc00001", pixel_type::float32) == bytes{1, 0, 0xc0, 0x7f});
  CHECK_THROWS_AS(fill("NaN", pixel_type::uint8), failure);
  CHECK_THROWS_AS(fill("0xzz", pixel_type::uint8), failure);
  CHECK_THROWS_AS(fill(json::object(), pixel_type::uint8), failure);
}

TEST_CASE("zarr: metadata that cannot be meant is refused with the reason") {
  auto refused = [](const json& more, const char* why) {
    CHECK_THROWS_WITH_AS(parsed(zarr2({4, 4}, {2, 2}, "|u1", more)), why, failure);
  };
  refused({{"compressor", {{"id", "magic"}}}}, "unsupported compressor magic");
  refused({{"filters", {{{"id", "pickle"}}}}}, "unsupported filter pickle");
  refused({{"shape", {-1, 4}}}, "invalid dimensions: its shape is [-1,4]");
  refused({{"chunks", {0, 4}}}, "invalid dimensions: its chunk shape is [0,4]");
  refused({{"chunks", {1 << 20, 1 << 20}}}, "its chunks are too large");
  refused({{"chunks", {4}}}, "its chunks have not the dimensions of the array");
  refused({{"zarr_format", 99}}, "Zarr format 99 is not supported");
  refused({{"order", "Z"}}, "elements in an unknown order");
  refused({{"dtype", {{"a", "<u1"}}}}, "arrays of structures are not supported");
  refused({{"shape", "wide"}}, "its shape is no list");
  CHECK_THROWS_WITH_AS(parsed(zarr3({4}, {2}, "uint8", json::array())),
                       "its codecs do not say how elements become bytes", failure);
  CHECK_THROWS_WITH_AS(parsed({{"zarr_format", 3}}),
                       "the metadata of its array \"0\" is broken", failure);
}

TEST_CASE("zarr: names lead nowhere outside the folder") {
  CHECK(formats::zarr_key("", "0") == "0");
  CHECK(formats::zarr_key("A/1", "0/s1") == "A/1/0/s1");
  for (auto bad : {"", ".", "..", "/etc", "a//b", "a/../b", "../a", "a/", "./a"})
    CHECK_THROWS_AS(formats::zarr_key("A", bad), failure);
  const scratch_folder folder;
  std::filesystem::create_directory(folder / "real");
  write_file(folder / "outside", "1");
  std::filesystem::create_symlink(folder / "outside", folder / "real/link");
  std::filesystem::create_directory_symlink(folder.path(), folder / "real/up");
  const formats::zarr_folder inside{folder / "real"};
  CHECK_THROWS_AS(inside.open("link"), failure);
  CHECK_THROWS_AS(inside.open("up/outside"), failure);
  CHECK(!inside.open("absent/0"));
}

TEST_CASE("zarr: elements in either byte order, wide integers where they fit") {
  const scratch_folder folder;
  put(folder / "0/0", std::string{"\1\2\0\3", 4});
  formats::zarr_chunks chunks{folder.path()};
  auto a = parsed(zarr2({2}, {2}, ">u2"));
  CHECK(*chunks.get(a, {0}, false) == bytes{2, 1, 3, 0});
  CHECK(!chunks.get(a, {1}, false));
  put(folder / "0/0", text_of_samples(std::vector<int64_t>{-5, 70'000}));
  a = parsed(zarr2({2}, {2}, "<i8"));
  CHECK(text_of(*chunks.get(a, {0}, false))
        == text_of_samples(std::vector<int32_t>{-5, 70'000}));
  put(folder / "0/0", text_of_samples(std::vector<int64_t>{1, int64_t{1} << 40}));
  CHECK_THROWS_WITH_AS(chunks.get(a, {0}, false), "a 64-bit integer does not fit 32 bits",
                       failure);
  put(folder / "0/0", "12345");
  CHECK_THROWS_WITH_AS(chunks.get(a, {0}, false),
                       "truncated: a chunk is shorter than its array says", failure);
}

TEST_CASE("zarr: a shard holds several chunks, also with a checksum and compressed") {
  const scratch_folder folder;
  const auto first = deflated({1, 2}), last = deflated({7, 8});
  const auto index_of = [&](bool absent) {
    const auto none = ~uint64_t{0};
    const std::vector<uint64_t> index{0, first.size(), absent ? none : first.size(),
                                      absent ? none : last.size()};
    auto text = text_of_samples(index);
    const auto sum =
      formats::crc32c_of({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
    return text + text_of_samples(std::vector<uint32_t>{sum});
  };
  const json to_bytes{{"name", "bytes"}, {"configuration", {{"endian", "little"}}}};
  const json inner{to_bytes, {{"name", "gzip"}}};
  const json shards{{{"name", "sharding_indexed"},
                     {"configuration",
                      {{"chunk_shape", {2}},
                       {"codecs", inner},
                       {"index_codecs", {to_bytes, {{"name", "crc32c"}}}},
                       {"index_location", "end"}}}}};
  const auto a = parsed(zarr3({8}, {4}, "uint8", shards));
  REQUIRE(a.shard);
  CHECK(a.chunk == std::vector<int64_t>{2});
  put(folder / "0/c/0", text_of(first) + text_of(last) + index_of(false));
  put(folder / "0/c/1", text_of(first) + index_of(true));
  formats::zarr_chunks chunks{folder.path()};
  CHECK(*chunks.get(a, {0}, false) == bytes{1, 2});
  CHECK(*chunks.get(a, {1}, false) == bytes{7, 8});
  CHECK(*chunks.get(a, {2}, false) == bytes{1, 2});
  CHECK(!chunks.get(a, {3}, false));
  put(folder / "0/c/0", "short");
  formats::zarr_chunks again{folder.path()};
  CHECK_THROWS_WITH_AS(again.get(a, {0}, false),
                       "truncated: a shard is shorter than its index", failure);
}
