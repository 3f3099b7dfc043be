#include "storage/encode/jpeg_pass_through.hpp"

#include "storage/encode/jpeg_segments.hpp"
#include "storage/render/draw.hpp"

#include <algorithm>
#include <array>

namespace troupe {
namespace {

using render::settings;

/// "The components are red, green and blue": without it decoders take them for YCbCr.
constexpr std::array<uint8_t, 16> adobe_rgb{
  0xff, jpeg_marker::app14, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};

bool is_identity(const settings& s, const render::channel_settings& c) {
  const auto levels =
    render::make_level_table(render::quantisation_of(s, c, pixel_type::uint8, 0));
  for (size_t i = 0; i < levels.size(); ++i)
    if (levels[i] != i)
      return false;
  return true;
}

bool is_pure(const rgba& color, int32_t component) {
  return color
         == rgba{static_cast<uint8_t>(component == 0 ? 255 : 0),
                 static_cast<uint8_t>(component == 1 ? 255 : 0),
                 static_cast<uint8_t>(component == 2 ? 255 : 0), 255};
}

/// Markers that say how to take the colours; ours replaces them.
bool speaks_of_colors(uint8_t marker) {
  return marker == jpeg_marker::app0 || marker == jpeg_marker::app14;
}

void append(shared_bytes::vector& to, const jpeg_segments& segments, jpeg_colors stored) {
  for (auto& s : segments.list)
    if (stored != jpeg_colors::rgb || !speaks_of_colors(s.marker))
      to.insert(to.end(), s.bytes.begin(), s.bytes.end());
}

std::optional<jpeg_frame> frame_of(const jpeg_segments& segments) {
  for (auto& s : segments.list)
    if (auto frame = troupe::frame_of(s))
      return frame;
  return std::nullopt;
}

bool has_end(std::span<const uint8_t> file) {
  return file.size() >= 2 && file[file.size() - 2] == 0xff
         && file.back() == jpeg_marker::end;
}

} // namespace

bool shows_stored_colors(const settings& s, pixel_type type, int32_t channels) {
  if (type != pixel_type::uint8 || channels != 3 || s.model != render::model::color
      || render::drawn_channels(s) != std::vector<int32_t>{0, 1, 2})
    return false;
  return std::ranges::all_of(s.channels, [&](const render::channel_settings& c) {
    return !c.active || (c.lut.empty() && is_pure(c.color, c.index) && is_identity(s, c));
  });
}

std::optional<encoded_image> complete_jpeg(std::span<const uint8_t> tables,
                                           std::span<const uint8_t> tile,
                                           jpeg_colors stored) {
  const auto pixels = segments_of(tile);
  if (!pixels || pixels->rest.empty())
    return std::nullopt;
  const auto frame = frame_of(*pixels);
  if (!frame || frame->bits != 8 || frame->components != 3)
    return std::nullopt;
  shared_bytes::vector file;
  file.reserve(2 + adobe_rgb.size() + tables.size() + tile.size() + 2);
  file.insert(file.end(), {0xff, jpeg_marker::start});
  if (stored == jpeg_colors::rgb)
    file.insert(file.end(), adobe_rgb.begin(), adobe_rgb.end());
  if (!tables.empty()) {
    const auto shared = segments_of(tables);
    if (!shared || !shared->rest.empty())
      return std::nullopt;
    append(file, *shared, stored);
  }
  append(file, *pixels, stored);
  file.insert(file.end(), pixels->rest.begin(), pixels->rest.end());
  if (!has_end(file))
    file.insert(file.end(), {0xff, jpeg_marker::end});
  return encoded_image{"image/jpeg", shared_bytes{std::move(file)}, frame->size};
}

} // namespace troupe
