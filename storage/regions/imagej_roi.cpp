#include "storage/regions/imagej_roi.hpp"

#include "storage/failure.hpp"
#include "storage/regions/areas.hpp"
#include "storage/regions/colours.hpp"
#include "storage/text.hpp"

#include <bit>
#include <cmath>
#include <fmt/format.h>

namespace troupe::regions {
namespace {

using namespace imagej;
using metadata::shape;
using metadata::shape_kind;

/// Big-endian numbers; beyond the end the file is truncated.
class number_reader {
public:
  explicit number_reader(std::string_view bytes) : bytes_{bytes} {}

  uint32_t word(size_t at, size_t size) const {
    if (at > bytes_.size() || size > bytes_.size() - at)
      throw failure{errc::bad_request, "the ImageJ ROI is truncated"};
    uint32_t value = 0;
    for (size_t i = 0; i < size; ++i)
      value = value << 8 | static_cast<uint8_t>(bytes_[at + i]);
    return value;
  }
  int byte(size_t at) const { return static_cast<int>(word(at, 1)); }
  int small(size_t at) const { return static_cast<int16_t>(word(at, 2)); }
  size_t count(size_t at) const { return word(at, 2); }
  int32_t whole(size_t at) const { return static_cast<int32_t>(word(at, 4)); }
  double real(size_t at) const { return std::bit_cast<float>(word(at, 4)); }
  size_t left_after(size_t at) const {
    return at < bytes_.size() ? bytes_.size() - at : 0;
  }

private:
  std::string_view bytes_;
};

/// UTF-16 as UTF-8.
std::string utf8(const number_reader& in, size_t at, size_t length) {
  std::string out;
  for (size_t i = 0; i < length && i < 10'000; ++i) {
    uint32_t c = in.word(at + 2 * i, 2);
    if (c >= 0xD800 && c < 0xDC00 && i + 1 < length) {
      const auto low = in.word(at + 2 * ++i, 2);
      c = 0x10000 + ((c - 0xD800) << 10) + ((low - 0xDC00) & 0x3FF);
    }
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xC0 | c >> 6);
      out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      out += static_cast<char>(0xE0 | c >> 12);
      out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
      out += static_cast<char>(0xF0 | (c >> 18 & 7));
      out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
      out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  return clean_text(out, 10'000);
}

struct header {
  explicit header(const number_reader& in)
    : version{in.small(version_at)},
      type{in.byte(type_at)},
      top{in.small(top_at)},
      left{in.small(left_at)},
      bottom{in.small(bottom_at)},
      right{in.small(right_at)},
      subtype{in.small(subtype_at)},
      options{in.small(options_at)},
      second{static_cast<size_t>(in.word(second_at, 4))} {
    has_fractions = (options & sub_pixel) != 0 && version >= 222;
  }
  int version, type, top, left, bottom, right, subtype, options;
  size_t second; ///< where the second header is, 0 without one
  bool has_fractions = false;
};

void set_plane(shape& s, const number_reader& in, const header& h,
               const dimensions& image) {
  auto place = [](int32_t from_1) {
    return from_1 > 0 ? std::optional{from_1 - 1} : std::nullopt;
  };
  if (h.second != 0) {
    s.c = place(in.whole(h.second + c_at));
    s.z = place(in.whole(h.second + z_at));
    s.t = place(in.whole(h.second + t_at));
  }
  const auto slice = place(in.whole(position_at));
  if (s.c || s.z || s.t || !slice)
    return;
  if (image.c > 1)
    s.c = *slice % image.c;
  if (image.z > 1)
    s.z = *slice / image.c % image.z;
  if (image.t > 1)
    s.t = *slice / image.c / image.z;
}

void set_style(shape& s, const number_reader& in, const header& h) {
  if (h.version < 218)
    return;
  const auto stroke = in.word(stroke_at, 4), fill = in.word(fill_at, 4);
  if (stroke != 0)
    s.style.stroke = color_of_argb(stroke);
  if (fill != 0)
    s.style.fill = color_of_argb(fill);
  double width = in.small(stroke_width_at);
  if (h.second != 0 && h.version >= 226 && in.left_after(h.second) >= float_width_at + 4)
    if (const auto fine = in.real(h.second + float_width_at); fine > 0)
      width = fine;
  if (width > 0 && std::isfinite(width))
    s.style.stroke_width = {width, "pixel"};
}

std::string name_in(const number_reader& in, const header& h) {
  if (h.second == 0)
    return "";
  const auto at = in.word(h.second + name_at, 4),
             length = in.word(h.second + name_length_at, 4);
  if (at == 0 || length == 0)
    return "";
  return utf8(in, at, length);
}

/// Corners: whole numbers from the box's corner, or after these as fractions.
ring corners_of(const number_reader& in, const header& h) {
  size_t count = in.count(count_at);
  if (count == 0)
    count = in.word(size_at, 4);
  if (count > limits::most_points || count * 4 > in.left_after(header_bytes))
    throw failure{errc::bad_request,
                  fmt::format("the ImageJ ROI says it has {} points", count)};
  ring r;
  for (size_t i = 0; i < count; ++i) {
    const auto x = header_bytes + 2 * i, y = x + 2 * count;
    if (h.has_fractions)
      r.push_back({in.real(header_bytes + 4 * count + 4 * i),
                   in.real(header_bytes + 8 * count + 4 * i)});
    else
      r.push_back({static_cast<double>(h.left + in.small(x)),
                   static_cast<double>(h.top + in.small(y))});
  }
  return r;
}

/// Left, top, width, height.
std::vector<double> box_in(const number_reader& in, const header& h) {
  if (h.has_fractions && h.version >= 223)
    return {in.real(x1_at), in.real(y1_at), in.real(x2_at), in.real(y2_at)};
  return {static_cast<double>(h.left), static_cast<double>(h.top),
          static_cast<double>(h.right - h.left), static_cast<double>(h.bottom - h.top)};
}

/// Paths of several parts: move, line and curves (taken as lines), close.
std::vector<ring> paths_of(const number_reader& in, size_t floats) {
  if (floats > 2 * limits::most_points || floats * 4 > in.left_after(header_bytes))
    throw failure{errc::bad_request,
                  fmt::format("the ImageJ ROI says it has {} numbers", floats)};
  constexpr size_t lengths[] = {3, 3, 5, 7, 1};
  std::vector<ring> rings;
  for (size_t i = 0; i < floats;) {
    const auto kind = in.real(header_bytes + 4 * i);
    if (!(kind >= 0 && kind <= 4) || kind != std::floor(kind))
      throw failure{errc::bad_request, "the ImageJ ROI has an unknown path"};
    const auto length = lengths[static_cast<size_t>(kind)];
    if (i + length > floats)
      throw failure{errc::bad_request, "the ImageJ ROI is truncated"};
    if (kind == 0 || rings.empty())
      rings.emplace_back();
    if (kind != 4)
      rings.back().push_back({in.real(header_bytes + 4 * (i + length - 2)),
                              in.real(header_bytes + 4 * (i + length - 1))});
    i += length;
  }
  for (auto& r : rings)
    for (auto& p : r)
      if (!std::isfinite(p.x) || !std::isfinite(p.y))
        throw failure{errc::bad_request, "the ImageJ ROI has a point that is nowhere"};
  for (auto& r : rings)
    if (r.size() > 3 && r.front().x == r.back().x && r.front().y == r.back().y)
      r.pop_back();
  return rings;
}

struct axis_line {
  double x1, y1, x2, y2, last; ///< last: ratio of the axes, or width
  explicit axis_line(const number_reader& in)
    : x1{in.real(x1_at)},
      y1{in.real(y1_at)},
      x2{in.real(x2_at)},
      y2{in.real(y2_at)},
      last{in.real(ratio_at)} {}
};

shape turned_ellipse(const axis_line& a) {
  shape s;
  s.kind = shape_kind::ellipse;
  const auto dx = a.x2 - a.x1, dy = a.y2 - a.y1, length = std::hypot(dx, dy);
  s.geometry = {0, 0, length / 2, length / 2 * a.last};
  const auto cosine = length > 0 ? dx / length : 1, sine = length > 0 ? dy / length : 0;
  s.transform = {cosine, sine, -sine, cosine, (a.x1 + a.x2) / 2, (a.y1 + a.y2) / 2};
  return s;
}

shape turned_rectangle(const axis_line& a) {
  shape s;
  s.kind = shape_kind::polygon;
  const auto dx = a.x2 - a.x1, dy = a.y2 - a.y1, length = std::hypot(dx, dy);
  const auto x = length > 0 ? -dy / length * a.last / 2 : 0,
             y = length > 0 ? dx / length * a.last / 2 : 0;
  s.geometry = {a.x1 + x, a.y1 + y, a.x1 - x, a.y1 - y,
                a.x2 - x, a.y2 - y, a.x2 + x, a.y2 + y};
  return s;
}

shape of(shape_kind kind, std::vector<double> geometry) {
  shape s;
  s.kind = kind;
  s.geometry = std::move(geometry);
  return s;
}

shape line_in(const number_reader& in, const header& h) {
  auto s = of(shape_kind::line,
              {in.real(x1_at), in.real(y1_at), in.real(x2_at), in.real(y2_at)});
  if (h.subtype == imagej::arrow) {
    s.style.marker_end = "Arrow";
    if ((h.options & double_headed) != 0)
      s.style.marker_start = "Arrow";
  }
  return s;
}

shape text_in(const number_reader& in, const header& h) {
  const auto box = box_in(in, h);
  auto s = of(shape_kind::label, {box[0], box[1]});
  const auto size = in.whole(header_bytes), name = in.whole(header_bytes + 8),
             length = in.whole(header_bytes + 12);
  if (name < 0 || name > 10'000 || length < 0)
    throw failure{errc::bad_request, "the ImageJ ROI has an impossible text"};
  if (size > 0 && size <= 10'000)
    s.style.font_size = {static_cast<double>(size), "pt"};
  s.text = utf8(in, header_bytes + 16 + 2 * static_cast<size_t>(name),
                static_cast<size_t>(length));
  while (s.text.ends_with('\n'))
    s.text.pop_back();
  return s;
}

std::vector<shape> composite_in(const number_reader& in) {
  std::vector<shape> out;
  for (auto& a : sorted(paths_of(in, in.word(composite_at, 4))))
    out.push_back(of(shape_kind::polygon, geometry_of(with_bridges(a))));
  return out;
}

std::vector<shape> points_in(const number_reader& in, const header& h) {
  std::vector<shape> out;
  for (auto& p : corners_of(in, h))
    out.push_back(of(shape_kind::point, {p.x, p.y}));
  return out;
}

/// @returns nothing for what is no shape.
std::vector<shape> shapes_in(const number_reader& in, const header& h) {
  if (in.whole(composite_at) > 0)
    return composite_in(in);
  auto box = box_in(in, h);
  switch (h.type) {
    case rectangle:
      if (h.subtype == imagej::text)
        return {text_in(in, h)};
      if (h.subtype == imagej::image)
        return {};
      return {of(shape_kind::rectangle, box)};
    case oval:
      return {of(shape_kind::ellipse,
                 {box[0] + box[2] / 2, box[1] + box[3] / 2, box[2] / 2, box[3] / 2})};
    case line: return {line_in(in, h)};
    case free_line:
    case polyline:
    case angle: return {of(shape_kind::polyline, geometry_of(corners_of(in, h)))};
    case freehand:
      if (h.subtype == imagej::ellipse)
        return {turned_ellipse(axis_line{in})};
      if (h.subtype == imagej::rotated_rectangle)
        return {turned_rectangle(axis_line{in})};
      [[fallthrough]];
    case polygon:
    case traced: return {of(shape_kind::polygon, geometry_of(corners_of(in, h)))};
    case type::point: return points_in(in, h);
    default: return {};
  }
}

} // namespace

bool is_imagej_roi(std::string_view bytes) {
  return bytes.starts_with("Iout");
}

found_regions read_imagej(std::string_view bytes, const dimensions& image) {
  if (!is_imagej_roi(bytes))
    throw failure{errc::bad_request, "it is no ImageJ ROI"};
  const number_reader in{bytes};
  const header h{in};
  metadata::roi roi;
  roi.name = name_in(in, h);
  roi.shapes = shapes_in(in, h);
  for (auto& s : roi.shapes) {
    set_plane(s, in, h, image);
    set_style(s, in, h);
  }
  found_regions found;
  if (roi.shapes.empty())
    warn(found, fmt::format("ROI \"{}\" is of the type {}.{}, left out", roi.name, h.type,
                            h.subtype));
  else
    found.rois.push_back(std::move(roi));
  return found;
}

} // namespace troupe::regions
