#include "http/omero/webclient/pictures.hpp"

#include "http/encode.hpp"
#include "storage/encode/encode.hpp"

#include <algorithm>
#include <array>

namespace troupe::http::omero {

namespace {

using paint = std::array<uint8_t, 3>;

constexpr paint paper{255, 255, 255}, ink{90, 98, 110}, yellow{233, 196, 106},
  blue{103, 160, 211}, green{123, 196, 127}, rose{229, 143, 166};

render::picture sheet(int32_t side, paint color) {
  render::picture out{side, side, {}};
  out.rgb.resize(static_cast<size_t>(side) * side * 3);
  for (size_t i = 0; i < out.rgb.size(); ++i)
    out.rgb[i] = color[i % 3];
  return out;
}

void fill(render::picture& on, int32_t x0, int32_t y0, int32_t x1, int32_t y1,
          paint color) {
  for (auto y = y0; y <= y1; ++y)
    for (auto x = x0; x <= x1; ++x)
      std::ranges::copy(color,
                        on.rgb.begin() + (static_cast<size_t>(y) * on.width + x) * 3);
}

void draw_folder(render::picture& on, paint color) {
  fill(on, 1, 3, 7, 5, color);
  fill(on, 1, 5, 14, 13, color);
}

render::picture folder(paint color, bool with_picture) {
  auto out = sheet(16, paper);
  draw_folder(out, color);
  if (with_picture) {
    fill(out, 5, 7, 10, 11, paper);
    fill(out, 6, 9, 9, 11, ink);
  }
  return out;
}

render::picture image_icon() {
  auto out = sheet(16, paper);
  fill(out, 1, 2, 14, 13, ink);
  fill(out, 2, 3, 13, 12, blue);
  fill(out, 4, 8, 11, 12, green);
  fill(out, 10, 4, 12, 6, yellow);
  return out;
}

/// Wells in rows. @param filled  every how many-eth is filled.
render::picture plate_icon(int filled, paint color) {
  auto out = sheet(16, paper);
  fill(out, 0, 2, 15, 13, ink);
  for (int32_t row = 0; row < 3; ++row)
    for (int32_t column = 0; column < 4; ++column)
      fill(out, 1 + column * 4, 3 + row * 4, 2 + column * 4, 4 + row * 4,
           (row * 4 + column) % filled == 0 ? color : paper);
  return out;
}

struct icon {
  const char* name;
  render::picture (*draw)();
};
constexpr icon icons[] = {
  {"folder16.png", [] { return folder(blue, false); }},
  {"folder_image16.png", [] { return folder(blue, true); }},
  {"folder_yellow16.png", [] { return folder(yellow, false); }},
  {"icon_folder.png", [] { return folder(yellow, false); }},
  {"image16.png", image_icon},
  {"folder_screen16.png", [] { return plate_icon(2, rose); }},
  {"folder_plate16.png", [] { return plate_icon(1, green); }},
  {"run16.png", [] { return plate_icon(3, blue); }},
};

web_response kept(const render::picture& p, image_format as, const char* type) {
  web_response out;
  out.type = type;
  out.bytes = encode(p, as).bytes;
  out.headers.emplace_back("Cache-Control", "public, max-age=86400");
  return out;
}

} // namespace

web_response portrait_of(int64_t person) {
  static constexpr std::array colors{blue, green, rose, yellow, ink};
  auto out = sheet(32, paper);
  const auto color = colors[static_cast<size_t>(person) % colors.size()];
  for (int32_t y = 0; y < 32; ++y)
    for (int32_t x = 0; x < 32; ++x)
      if ((x - 16) * (x - 16) + (y - 16) * (y - 16) < 225)
        fill(out, x, y, x, y, color);
  return kept(out, image_format::jpeg, "image/jpeg");
}

web_response icon_named(call& c) {
  const auto& name = c.in.captured.at("icon");
  const auto found =
    std::ranges::find(icons, name, [](auto& i) { return std::string_view{i.name}; });
  if (found == std::end(icons))
    throw failure{errc::not_found, "there is no icon of that name"};
  return kept(found->draw(), image_format::png, "image/png");
}

} // namespace troupe::http::omero
