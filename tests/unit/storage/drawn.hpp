// A drawing with every kind of shape, and how it compares with what was read back.

#pragma once

#include "storage/failure.hpp"
#include "storage/regions/region_file.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace troupe::test {

using metadata::roi;
using metadata::shape;
using metadata::shape_kind;

constexpr dimensions ground{100, 80, 5, 3, 7};

inline shape drawn(shape_kind kind, std::vector<double> geometry) {
  shape s;
  s.kind = kind;
  s.geometry = std::move(geometry);
  return s;
}

/// 3 x 3 with a hole in the middle: 111 101 111 and zeros.
inline shape ring_mask(double x = 10, double y = 20) {
  auto s = drawn(shape_kind::mask, {x, y, 3, 3});
  s.mask = shared_bytes{{0xF7, 0x80}}; // 1111 0111 1
  return s;
}

inline regions::drawing every_kind() {
  regions::drawing d{"cells.tif", ground, pixel_type::uint16, {}};
  auto add = [&](const char* name, shape s) {
    auto& r = d.rois.emplace_back();
    r.name = name;
    r.description = std::string{"about "} + name;
    r.shapes.push_back(std::move(s));
  };
  auto box = drawn(shape_kind::rectangle, {1.5, 2.25, 10, 20.5});
  box.z = 4;
  box.c = 1;
  box.t = 6;
  box.style.stroke = rgba{255, 128, 0, 255};
  box.style.fill = rgba{1, 2, 3, 64};
  box.style.stroke_width = metadata::quantity{2.5, "pixel"};
  box.locked = true;
  add("box", box);
  add("oval", drawn(shape_kind::ellipse, {30, 40, 5.5, 8}));
  add("spot", drawn(shape_kind::point, {7.25, 8.5}));
  add("edge", drawn(shape_kind::line, {1, 2, 3.5, 4}));
  add("path", drawn(shape_kind::polyline, {1, 1, 5.5, 6, 9, 2}));
  add("cell", drawn(shape_kind::polygon, {1, 1, 9, 2.5, 8, 9, 2, 7}));
  auto word = drawn(shape_kind::label, {12, 13});
  word.text = "Grüße, \"you\"";
  add("word", word);
  add("mask", ring_mask());
  return d;
}

inline errc refusal_of(std::string_view bytes, const dimensions& image = ground) {
  try {
    regions::read_regions(bytes, image);
    return errc::none;
  } catch (const failure& f) {
    return f.code;
  }
}

inline bool is_near(const std::vector<double>& a, const std::vector<double>& b) {
  return std::ranges::equal(a, b,
                            [](double x, double y) { return std::abs(x - y) < 1e-6; });
}

} // namespace troupe::test
