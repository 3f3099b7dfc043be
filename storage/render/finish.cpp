#include "storage/render/finish.hpp"

#include <algorithm>
#include <cmath>

namespace troupe::render {
namespace {

using pixel = std::array<uint8_t, 3>;

uint8_t luma_of(const pixel& p) {
  return static_cast<uint8_t>((299 * p[0] + 587 * p[1] + 114 * p[2] + 500) / 1000);
}

uint8_t grey_of(const pixel& p, tone colors) {
  const auto luma = luma_of(p);
  if (colors == tone::grey)
    return luma;
  return luma >= 128 ? 255 : 0;
}

void tint(picture& p, tone colors) {
  for (size_t i = 0; i < p.rgb.size(); i += 3) {
    auto at = p.rgb.begin() + static_cast<std::ptrdiff_t>(i);
    std::fill_n(at, 3, grey_of({at[0], at[1], at[2]}, colors));
  }
}

/// Column and row in the drawn picture of what the turned one shows at (x, y).
std::pair<int32_t, int32_t> origin_of(int32_t x, int32_t y, const picture& drawn,
                                      const finish& how) {
  const auto right = drawn.width - 1, bottom = drawn.height - 1;
  std::pair at{x, y};
  switch (how.quarter_turns & 3) {
    case 1: at = {y, bottom - x}; break;
    case 2: at = {right - x, bottom - y}; break;
    case 3: at = {right - y, x}; break;
    default: break;
  }
  if (how.mirrored)
    at.first = right - at.first;
  return at;
}

picture turned(const picture& drawn, const finish& how) {
  picture out{drawn.width, drawn.height, {}};
  if (how.quarter_turns & 1)
    std::swap(out.width, out.height);
  out.rgb.resize(drawn.rgb.size());
  auto to = out.rgb.begin();
  for (int32_t y = 0; y < out.height; ++y)
    for (int32_t x = 0; x < out.width; ++x) {
      const auto [column, row] = origin_of(x, y, drawn, how);
      const auto from =
        drawn.rgb.begin() + (static_cast<std::ptrdiff_t>(row) * drawn.width + column) * 3;
      to = std::copy_n(from, 3, to);
    }
  return out;
}

/// Copies what of the picture lies on the sheet.
picture laid_out(const picture& drawn, const sheet& on) {
  picture out{on.size.width, on.size.height, {}};
  out.rgb.resize(static_cast<size_t>(out.width) * static_cast<size_t>(out.height) * 3);
  const uint8_t paper[]{on.color.red, on.color.green, on.color.blue};
  for (size_t i = 0; i < out.rgb.size(); ++i)
    out.rgb[i] = paper[i % 3];
  const auto first_x = std::max(on.left, 0),
             last_x = std::min(on.left + drawn.width, out.width),
             first_y = std::max(on.top, 0),
             last_y = std::min(on.top + drawn.height, out.height);
  auto place = [](const picture& p, int32_t x, int32_t y) {
    return (static_cast<std::ptrdiff_t>(y) * p.width + x) * 3;
  };
  for (int32_t y = first_y; y < last_y && first_x < last_x; ++y)
    std::copy_n(drawn.rgb.begin() + place(drawn, first_x - on.left, y - on.top),
                (last_x - first_x) * 3, out.rgb.begin() + place(out, first_x, y));
  return out;
}

/// A square of pixels around a point.
void dot(picture& p, double x, double y, const outline& line) {
  const auto left = static_cast<int32_t>(std::floor(x)) - line.width / 2,
             top = static_cast<int32_t>(std::floor(y)) - line.width / 2;
  for (auto row = std::max(top, 0); row < std::min(top + line.width, p.height); ++row)
    for (auto column = std::max(left, 0); column < std::min(left + line.width, p.width);
         ++column) {
      const auto at =
        p.rgb.begin() + (static_cast<std::ptrdiff_t>(row) * p.width + column) * 3;
      at[0] = line.color.red;
      at[1] = line.color.green;
      at[2] = line.color.blue;
    }
}

/// Walks along the line a pixel at a time.
void draw_over(picture& p, const outline& line) {
  constexpr double longest = 1e5; // pixels
  for (size_t i = 0; i + 3 < line.points.size(); i += 2) {
    const auto x = line.points[i], y = line.points[i + 1];
    const auto dx = line.points[i + 2] - x, dy = line.points[i + 3] - y;
    const auto steps =
      std::clamp(std::ceil(std::max(std::abs(dx), std::abs(dy))), 1.0, longest);
    for (double n = 0; n <= steps; ++n)
      dot(p, std::clamp(x + dx * n / steps, -longest, longest),
          std::clamp(y + dy * n / steps, -longest, longest), line);
  }
}

} // namespace

picture finished(picture drawn, const finish& how) {
  if (how.mirrored || (how.quarter_turns & 3) != 0)
    drawn = turned(drawn, how);
  if (how.colors != tone::color)
    tint(drawn, how.colors);
  if (how.on.size != extent{})
    drawn = laid_out(drawn, how.on);
  if (how.over.width > 0)
    draw_over(drawn, how.over);
  return drawn;
}

} // namespace troupe::render
