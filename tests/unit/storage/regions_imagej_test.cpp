// ImageJ's .roi and RoiSet.zip: both ways, and what they must refuse.

#include "storage/regions/areas.hpp"
#include "storage/regions/imagej_roi.hpp"
#include "storage/regions/imagej_set.hpp"
#include "tests/unit/storage/drawn.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <bit>

using namespace troupe;
using namespace troupe::test;
using namespace troupe::regions;

namespace {

/// A file as ImageJ lays it out, number by number.
struct roi_bytes {
  std::string bytes = std::string(64, '\0');

  roi_bytes(int type, int version = 228) {
    bytes.replace(0, 4, "Iout");
    put(4, static_cast<uint32_t>(version), 2);
    put(6, static_cast<uint32_t>(type), 1);
  }
  roi_bytes& put(size_t at, uint32_t value, size_t size) {
    if (bytes.size() < at + size)
      bytes.resize(at + size);
    for (size_t i = 0; i < size; ++i)
      bytes[at + i] = static_cast<char>(value >> 8 * (size - 1 - i));
    return *this;
  }
  roi_bytes& small(size_t at, int value) {
    return put(at, static_cast<uint16_t>(value), 2);
  }
  roi_bytes& real(size_t at, float value) {
    return put(at, std::bit_cast<uint32_t>(value), 4);
  }
  /// top, left, bottom, right
  roi_bytes& box(int top, int left, int bottom, int right) {
    return small(8, top).small(10, left).small(12, bottom).small(14, right);
  }
};

roi only_roi(const std::string& bytes) {
  auto found = read_regions(bytes, ground);
  REQUIRE(found.rois.size() == 1);
  return found.rois[0];
}

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string out(1 << 20, '\0');
  size_t used = 0;
  for (auto& [name, bytes] : files)
    out.resize(out.size() + bytes.size() + name.size());
  auto* a = archive_write_new();
  archive_write_set_format_zip(a);
  archive_write_open_memory(a, out.data(), out.size(), &used);
  for (auto& [name, bytes] : files) {
    auto* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    archive_write_header(a, entry);
    archive_write_data(a, bytes.data(), bytes.size());
    archive_entry_free(entry);
  }
  archive_write_close(a);
  archive_write_free(a);
  out.resize(used);
  return out;
}

} // namespace

TEST_CASE("imagej: kinds in whole pixels") {
  auto box = only_roi(roi_bytes{1}.box(20, 10, 50, 40).bytes).shapes.at(0);
  CHECK(box.kind == shape_kind::rectangle);
  CHECK(is_near(box.geometry, {10, 20, 30, 30}));
  auto oval = only_roi(roi_bytes{2}.box(20, 10, 50, 40).bytes).shapes.at(0);
  CHECK(oval.kind == shape_kind::ellipse);
  CHECK(is_near(oval.geometry, {25, 35, 15, 15}));
  auto line =
    only_roi(roi_bytes{3}.real(18, 1).real(22, 2).real(26, 3.5F).real(30, 4).bytes);
  CHECK(line.shapes.at(0).kind == shape_kind::line);
  CHECK(is_near(line.shapes[0].geometry, {1, 2, 3.5, 4}));
  // Corners from the box's: three x, then three y.
  for (auto [type, kind] :
       {std::pair{0, shape_kind::polygon}, std::pair{7, shape_kind::polygon},
        std::pair{8, shape_kind::polygon}, std::pair{4, shape_kind::polyline},
        std::pair{5, shape_kind::polyline}, std::pair{9, shape_kind::polyline}}) {
    roi_bytes file{type};
    file.box(20, 10, 25, 15).small(16, 3);
    file.small(64, 0).small(66, 5).small(68, 2).small(70, 0).small(72, 1).small(74, 5);
    const auto s = only_roi(file.bytes).shapes.at(0);
    CHECK(s.kind == kind);
    CHECK(is_near(s.geometry, {10, 20, 15, 21, 12, 25}));
  }
  roi_bytes points{10};
  points.box(20, 10, 25, 15).small(16, 2);
  points.small(64, 0).small(66, 5).small(68, 1).small(70, 2);
  CHECK(only_roi(points.bytes).shapes.size() == 2);
  CHECK(is_near(only_roi(points.bytes).shapes[1].geometry, {15, 22}));
}

TEST_CASE("imagej: fractions, planes, names, colours") {
  roi_bytes file{0};
  file.box(20, 10, 25, 15).small(16, 3).small(50, 128);
  for (size_t i = 0; i < 3; ++i) // whole numbers are not looked at
    file.real(64 + 12 + 4 * i, 10.25F + static_cast<float>(i * i))
      .real(64 + 24 + 4 * i, 20.5F + static_cast<float>(i));
  file.put(40, 0xFF00FF00, 4).put(44, 0x40112233, 4).small(34, 2);
  const auto second = static_cast<uint32_t>(file.bytes.size());
  file.put(60, second, 4).put(second + 63, 0, 1);
  file.put(second + 4, 2, 4).put(second + 8, 5, 4).put(second + 12, 7, 4);
  file.put(second + 16, second + 64, 4).put(second + 20, 3, 4);
  file.small(second + 64, 'a').small(second + 66, 0xFC).small(second + 68, 'b');
  const auto r = only_roi(file.bytes);
  CHECK(r.name == "aüb");
  const auto& s = r.shapes.at(0);
  CHECK(is_near(s.geometry, {10.25, 20.5, 11.25, 21.5, 14.25, 22.5}));
  CHECK(s.c == 1);
  CHECK(s.z == 4);
  CHECK(s.t == 6);
  CHECK(s.style.stroke == rgba{0, 255, 0, 255});
  CHECK(s.style.fill == rgba{0x11, 0x22, 0x33, 0x40});
  CHECK(s.style.stroke_width->value == 2);
}

TEST_CASE("imagej: a position that is one number counts channels first") {
  // 3 channels, 5 sections: slice 24 is index 23 = c 2, z 2, t 1.
  const auto s = only_roi(roi_bytes{1}.box(0, 0, 5, 5).put(56, 24, 4).bytes).shapes.at(0);
  CHECK(s.c == 2);
  CHECK(s.z == 2);
  CHECK(s.t == 1);
  const auto flat =
    read_imagej(roi_bytes{1}.box(0, 0, 5, 5).put(56, 24, 4).bytes, {10, 10, 1, 1, 50});
  CHECK_FALSE(flat.rois[0].shapes[0].c);
  CHECK(flat.rois[0].shapes[0].t == 23);
}

TEST_CASE("imagej: arrows, turned ellipses and rectangles, text") {
  auto arrow =
    only_roi(roi_bytes{3}.small(48, 2).small(50, 2).real(26, 9).bytes).shapes[0];
  CHECK(arrow.style.marker_end == "Arrow");
  CHECK(arrow.style.marker_start == "Arrow");

  roi_bytes turned{7};
  turned.small(48, 3).real(18, 10).real(22, 10).real(26, 10).real(30, 30).real(52, 0.5F);
  const auto e = only_roi(turned.bytes).shapes[0];
  CHECK(e.kind == shape_kind::ellipse);
  const auto b = metadata::bounds_of(e);
  CHECK(b[1] <= 10.01); // the long axis stands upright
  CHECK(b[3] >= 29.99);

  turned.small(48, 5).real(52, 4); // 4 wide
  const auto r = only_roi(turned.bytes).shapes[0];
  CHECK(r.kind == shape_kind::polygon);
  CHECK(metadata::bounds_of(r) == metadata::bounds{8, 10, 12, 30});

  roi_bytes text{1};
  text.box(5, 4, 20, 40).small(48, 1);
  text.put(64, 18, 4).put(68, 0, 4).put(72, 1, 4).put(76, 2, 4);
  text.small(80, 'F').small(82, 'H').small(84, 'i');
  const auto l = only_roi(text.bytes).shapes[0];
  CHECK(l.kind == shape_kind::label);
  CHECK(l.text == "Hi");
  CHECK(l.style.font_size->value == 18);
  CHECK(is_near(l.geometry, {4, 5}));
}

TEST_CASE("imagej: a composite of paths is polygons with holes") {
  roi_bytes file{1};
  const std::vector<float> paths{0, 0,  0,  1, 9,  0,  1, 9,  9,  1, 0, 9, 4, //
                                 0, 2,  2,  1, 4,  2,  1, 4,  4,  1, 2, 4, 4, //
                                 0, 20, 20, 1, 30, 20, 1, 25, 30, 4};
  file.put(36, static_cast<uint32_t>(paths.size()), 4);
  for (size_t i = 0; i < paths.size(); ++i)
    file.real(64 + 4 * i, paths[i]);
  const auto r = only_roi(file.bytes);
  REQUIRE(r.shapes.size() == 2);
  CHECK(without_bridges(ring_of(r.shapes[0].geometry)).holes.size() == 1);
  CHECK(without_bridges(ring_of(r.shapes[1].geometry)).holes.empty());
}

TEST_CASE("imagej: hostile files are refused") {
  CHECK(refusal_of("Iout") == errc::bad_request);
  roi_bytes polygon{0};
  polygon.box(0, 0, 9, 9).small(16, 3);
  polygon.small(64, 0).small(66, 5).small(68, 2).small(70, 0).small(72, 1).small(74, 5);
  REQUIRE(refusal_of(polygon.bytes) == errc::none);
  for (size_t cut = 4; cut < polygon.bytes.size(); ++cut) {
    CAPTURE(cut);
    CHECK(refusal_of(polygon.bytes.substr(0, cut)) == errc::bad_request);
  }
  auto changed = [&](size_t at, uint32_t value, size_t size) {
    auto copy = polygon;
    return copy.put(at, value, size).bytes;
  };
  CHECK(refusal_of(changed(16, 0xFFFF, 2)) == errc::bad_request);
  CHECK(refusal_of(roi_bytes{0}.put(18, 0x7FFFFFFF, 4).bytes) == errc::bad_request);
  CHECK(refusal_of(changed(36, 0x7FFFFFFF, 4)) == errc::bad_request);
  CHECK(refusal_of(changed(60, 0x7FFFFFFF, 4)) == errc::bad_request);
  CHECK(refusal_of(changed(60, 0xFFFFFFFF, 4)) == errc::bad_request);
  CHECK(refusal_of(changed(6, 6, 1)) == errc::bad_request);  // no ROI
  CHECK(refusal_of(changed(6, 99, 1)) == errc::bad_request); // of no kind
  CHECK(refusal_of(roi_bytes{3}.put(18, 0x7FC00000, 4).bytes)
        == errc::bad_request); // NaN
  CHECK(refusal_of(roi_bytes{3}.put(18, 0x7F800000, 4).bytes)
        == errc::bad_request); // infinite
  CHECK(refusal_of(roi_bytes{1}.box(9, 9, 0, 0).bytes) == errc::bad_request);
  roi_bytes text{1};
  text.small(48, 1).put(76, 0x7FFFFFFF, 4);
  CHECK(refusal_of(text.bytes) == errc::bad_request);
  CHECK(refusal_of(roi_bytes{1}.put(36, 2, 4).real(64, 7).real(68, 7).bytes)
        == errc::bad_request);
}

TEST_CASE("imagej: a drawing goes through a set and comes back") {
  const auto d = every_kind();
  const auto bytes = write_imagej_set(d);
  const auto found = read_regions(bytes, ground);
  CHECK(found.warnings.empty());
  REQUIRE(found.rois.size() == d.rois.size());
  for (size_t i = 0; i < d.rois.size(); ++i) {
    CAPTURE(d.rois[i].name);
    CHECK(found.rois[i].name == d.rois[i].name);
    REQUIRE(found.rois[i].shapes.size() == 1);
    const auto &was = d.rois[i].shapes[0], &is = found.rois[i].shapes[0];
    CHECK(is.z == was.z);
    CHECK(is.c == was.c);
    CHECK(is.t == was.t);
    CHECK(is.style.stroke == was.style.stroke);
    CHECK(is.style.fill == was.style.fill);
    CHECK(is.style.stroke_width == was.style.stroke_width);
    if (was.kind == shape_kind::mask) {
      CHECK(is.kind == shape_kind::polygon);
      CHECK(without_bridges(ring_of(is.geometry)).holes.size() == 1);
    } else {
      CHECK(is.kind == was.kind);
      CHECK(is_near(is.geometry, was.geometry));
    }
    if (was.kind == shape_kind::label)
      CHECK(is.text == was.text);
  }
}

TEST_CASE("imagej: one file holds one shape") {
  auto d = every_kind();
  CHECK_THROWS_AS(write_imagej(d), failure);
  d.rois.resize(1);
  const auto r = only_roi(write_imagej(d));
  CHECK(r.name == "box");
  CHECK(is_near(r.shapes[0].geometry, d.rois[0].shapes[0].geometry));
}

TEST_CASE("imagej: files of a set have names of their own, and no paths") {
  regions::drawing d{"", ground, pixel_type::uint8, {}};
  for (auto name : {"cell", "cell", "../../etc/passwd", ""}) {
    auto& r = d.rois.emplace_back();
    r.name = name;
    r.shapes = {drawn(shape_kind::point, {1, 2}), drawn(shape_kind::point, {3, 4})};
  }
  const auto bytes = write_imagej_set(d);
  CHECK(bytes.find("cell-2.roi") != bytes.npos);
  CHECK(bytes.find("../..") == bytes.npos);
  CHECK(read_regions(bytes, ground).rois.size() == 8);
  d.rois.resize(1);
  d.rois[0].name = "Größe \xE7\xB4\xB0\xE8\x83\x9E";
  CHECK(read_regions(write_imagej_set(d), ground).rois.at(0).name == d.rois[0].name);
}

TEST_CASE("imagej: hostile archives are refused") {
  const auto box = roi_bytes{1}.box(0, 0, 5, 5).bytes;
  CHECK(read_regions(zip_of({{"a.roi", box}, {"b.roi", box}}), ground).rois.size() == 2);
  const auto named =
    read_regions(zip_of({{"x/a.roi", box}, {"notes.txt", "hello"}}), ground);
  REQUIRE(named.rois.size() == 1);
  CHECK(named.rois[0].name == "a");
  CHECK(named.warnings.size() == 1);
  CHECK(refusal_of(zip_of({})) == errc::bad_request);
  CHECK(refusal_of(zip_of({{"a.roi", "nothing"}})) == errc::bad_request);
  CHECK(refusal_of(zip_of({{"notes.txt", "hello"}})) == errc::bad_request);
  // 9 MB of zeros, a few KB packed.
  const auto bomb = zip_of({{"a.roi", "Iout" + std::string(9 << 20, '\0')}});
  CHECK(bomb.size() < 200'000);
  CHECK(refusal_of(bomb) == errc::too_large);
  std::vector<std::pair<std::string, std::string>> many;
  const auto padded = box + std::string(7 << 20, '\0');
  for (int i = 0; i < 10; ++i)
    many.emplace_back(std::to_string(i) + ".roi", padded);
  CHECK(refusal_of(zip_of(many)) == errc::too_large);
  const auto whole = zip_of({{"a.roi", box}});
  for (size_t cut = 4; cut < 60 && cut < whole.size(); ++cut) {
    CAPTURE(cut);
    CHECK(refusal_of(whole.substr(0, cut)) != errc::none);
  }
  CHECK(refusal_of("PK\x03\x04" + std::string(500, '\xFF')) != errc::none);
}
