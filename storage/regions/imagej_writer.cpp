#include "storage/failure.hpp"
#include "storage/regions/areas.hpp"
#include "storage/regions/colours.hpp"
#include "storage/regions/imagej_roi.hpp"
#include "storage/text.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <fmt/format.h>

namespace troupe::regions {
namespace {

using namespace imagej;
using metadata::shape;
using metadata::shape_kind;

constexpr int written_version = 228;
constexpr size_t longest_roi_name = 255; // UTF-16 units

class number_writer {
public:
  number_writer() : bytes_(header_bytes, '\0') { bytes_.replace(0, 4, "Iout"); }

  void put(size_t at, uint32_t value, size_t size) {
    if (bytes_.size() < at + size)
      bytes_.resize(at + size);
    for (size_t i = 0; i < size; ++i)
      bytes_[at + i] = static_cast<char>(value >> 8 * (size - 1 - i));
  }
  void small(size_t at, double value) {
    put(at,
        static_cast<uint16_t>(static_cast<int32_t>(std::clamp(value, -5000.0, 60536.0))),
        2);
  }
  void whole(size_t at, int32_t value) { put(at, static_cast<uint32_t>(value), 4); }
  void real(size_t at, double value) {
    put(at, std::bit_cast<uint32_t>(static_cast<float>(value)), 4);
  }
  /// @returns where the units are: at the end.
  size_t append(const std::u16string& text) {
    const auto at = bytes_.size();
    for (size_t i = 0; i < text.size(); ++i)
      put(at + 2 * i, text[i], 2);
    return at;
  }
  size_t size() const { return bytes_.size(); }
  std::string take() { return std::move(bytes_); }

private:
  std::string bytes_;
};

std::u16string utf16(std::string_view text, size_t most) {
  std::u16string out;
  for (size_t at = 0; at < text.size() && out.size() + 2 <= most;) {
    const auto c = character_at(text, at);
    if (c.length == 0)
      break;
    at += c.length;
    if (c.code < 0x10000) {
      out += static_cast<char16_t>(c.code);
    } else {
      out += static_cast<char16_t>(0xD800 + ((c.code - 0x10000) >> 10));
      out += static_cast<char16_t>(0xDC00 + ((c.code - 0x10000) & 0x3FF));
    }
  }
  return out;
}

void put_box(number_writer& out, double left, double top, double right, double bottom) {
  out.small(top_at, std::floor(top));
  out.small(left_at, std::floor(left));
  out.small(bottom_at, std::ceil(bottom));
  out.small(right_at, std::ceil(right));
}

void put_rectangle(number_writer& out, double x, double y, double width, double height) {
  put_box(out, x, y, x + width, y + height);
  out.put(options_at, sub_pixel, 2);
  out.real(x1_at, x);
  out.real(y1_at, y);
  out.real(x2_at, width);
  out.real(y2_at, height);
}

void put_corners(number_writer& out, const ring& r) {
  const auto [left, right] = std::ranges::minmax(r, {}, &measurement::point::x);
  const auto [top, bottom] = std::ranges::minmax(r, {}, &measurement::point::y);
  put_box(out, left.x, top.y, right.x, bottom.y);
  out.put(options_at, sub_pixel, 2);
  const auto count = r.size();
  if (count > 0xFFFF)
    out.put(size_at, static_cast<uint32_t>(count), 4);
  else
    out.put(count_at, static_cast<uint32_t>(count), 2);
  const auto x = std::floor(left.x), y = std::floor(top.y);
  for (size_t i = 0; i < count; ++i) {
    out.small(header_bytes + 2 * i, r[i].x - x);
    out.small(header_bytes + 2 * (count + i), r[i].y - y);
    out.real(header_bytes + 4 * (count + i), r[i].x);
    out.real(header_bytes + 4 * (2 * count + i), r[i].y);
  }
}

void put_line(number_writer& out, const shape& s) {
  const auto& g = s.geometry;
  put_box(out, std::min(g[0], g[2]), std::min(g[1], g[3]), std::max(g[0], g[2]),
          std::max(g[1], g[3]));
  for (size_t i = 0; i < 4; ++i)
    out.real(x1_at + 4 * i, g[i]);
  const bool starts = !s.style.marker_start.empty(), ends = !s.style.marker_end.empty();
  if (!starts && !ends)
    return;
  out.put(subtype_at, imagej::arrow, 2);
  if (starts && ends)
    out.put(options_at, double_headed, 2);
  else if (starts) // the head is at the end
    for (size_t i = 0; i < 4; ++i)
      out.real(x1_at + 4 * i, g[(i + 2) % 4]);
}

void put_text(number_writer& out, const shape& s) {
  const auto size = s.style.font_size ? s.style.font_size->value : 12;
  const auto text = utf16(s.text, 10'000);
  put_rectangle(out, s.geometry[0], s.geometry[1],
                std::max(1.0, size * static_cast<double>(text.size())), size);
  out.put(subtype_at, imagej::text, 2);
  out.whole(header_bytes, static_cast<int32_t>(std::clamp(size, 1.0, 10'000.0)));
  const std::u16string font = u"SansSerif";
  out.whole(header_bytes + 4, 0);
  out.whole(header_bytes + 8, static_cast<int32_t>(font.size()));
  out.whole(header_bytes + 12, static_cast<int32_t>(text.size()));
  out.append(font);
  out.append(text);
}

void put_shape(number_writer& out, const shape& s) {
  const auto& g = s.geometry;
  auto is = [&](type t) { out.put(type_at, t, 1); };
  switch (s.kind) {
    case shape_kind::rectangle:
      is(rectangle);
      return put_rectangle(out, g[0], g[1], g[2], g[3]);
    case shape_kind::ellipse:
      is(oval);
      return put_rectangle(out, g[0] - g[2], g[1] - g[3], 2 * g[2], 2 * g[3]);
    case shape_kind::line: is(imagej::line); return put_line(out, s);
    case shape_kind::polyline: is(imagej::polyline); return put_corners(out, ring_of(g));
    case shape_kind::polygon: is(imagej::polygon); return put_corners(out, ring_of(g));
    case shape_kind::point: is(imagej::point); return put_corners(out, ring_of(g));
    case shape_kind::label: is(rectangle); return put_text(out, s);
    case shape_kind::mask: break; // imagej_shapes() has made polygons of it
  }
}

void put_style(number_writer& out, const shape& s, size_t second) {
  if (s.style.stroke)
    out.put(stroke_at, argb_of(*s.style.stroke), 4);
  if (s.style.fill)
    out.put(fill_at, argb_of(*s.style.fill), 4);
  if (!s.style.stroke_width || !(s.style.stroke_width->value > 0))
    return;
  out.small(stroke_width_at, std::ceil(s.style.stroke_width->value));
  out.real(second + float_width_at, s.style.stroke_width->value);
}

void put_plane(number_writer& out, const shape& s, size_t second) {
  auto place = [](const std::optional<int32_t>& from_0) {
    return from_0 ? *from_0 + 1 : 0;
  };
  out.whole(second + c_at, place(s.c));
  out.whole(second + z_at, place(s.z));
  out.whole(second + t_at, place(s.t));
}

} // namespace

std::string imagej_bytes(const shape& flat, const std::string& name) {
  if (flat.geometry.size() > 2 * limits::most_points)
    throw failure{errc::too_large, "a shape has too many points for an ImageJ ROI"};
  number_writer out;
  out.put(version_at, written_version, 2);
  put_shape(out, flat);
  const auto second = out.size();
  out.put(second_at, static_cast<uint32_t>(second), 4);
  out.put(second + second_bytes - 1, 0, 1);
  put_plane(out, flat, second);
  put_style(out, flat, second);
  const auto text = utf16(name, longest_roi_name);
  const auto at = out.append(text);
  out.put(second + name_at, static_cast<uint32_t>(at), 4);
  out.put(second + name_length_at, static_cast<uint32_t>(text.size()), 4);
  return out.take();
}

std::vector<named_shape> imagej_shapes(const drawing& d) {
  std::vector<named_shape> out;
  for (size_t i = 0; i < d.rois.size(); ++i) {
    const auto& roi = d.rois[i];
    const auto name = roi.name.empty() ? fmt::format("roi-{}", i + 1) : roi.name;
    size_t part = 0;
    auto add = [&](shape s) {
      ++part;
      out.push_back({part == 1 ? name : fmt::format("{}-{}", name, part), std::move(s)});
    };
    for (auto& drawn : roi.shapes)
      for (auto& s : flattened(drawn)) {
        if (s.kind != shape_kind::mask) {
          add(s);
          continue;
        }
        for (auto& a : areas_of(s)) {
          auto outline = s;
          outline.kind = shape_kind::polygon;
          outline.geometry = geometry_of(with_bridges(a));
          outline.mask = {};
          add(std::move(outline));
        }
      }
  }
  return out;
}

std::string write_imagej(const drawing& d) {
  const auto shapes = imagej_shapes(d);
  if (shapes.size() != 1)
    throw failure{errc::conflict,
                  fmt::format("an ImageJ .roi holds one shape, and these are {}: take "
                              "imagej-zip",
                              shapes.size())};
  return imagej_bytes(shapes[0].shape, shapes[0].name);
}

} // namespace troupe::regions
