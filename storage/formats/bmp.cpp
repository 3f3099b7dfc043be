#include "storage/formats/bmp.hpp"

#include "storage/failure.hpp"
#include "storage/formats/bmp_head.hpp"
#include "storage/formats/whole_picture.hpp"

namespace troupe::formats {
namespace {

uint8_t component_of(uint32_t pixel, const bmp_mask& mask) {
  const auto white = (uint32_t{1} << mask.bits) - 1;
  const auto value = pixel >> mask.shift & white;
  return white == 0 ? 0 : static_cast<uint8_t>((value * 255 + white / 2) / white);
}

/// Pixels of a palette, most significant bits first.
void take_indexed(const bmp_head& h, const uint8_t* row, std::vector<uint8_t>& to) {
  const auto per_byte = 8 / h.bits;
  const auto mask = (1 << h.bits) - 1;
  for (int32_t x = 0; x < h.size.width; ++x) {
    const auto index =
      static_cast<size_t>(row[x / per_byte] >> (8 - h.bits * (x % per_byte + 1)) & mask);
    const auto color = index < h.palette.size() ? h.palette[index] : rgba{0, 0, 0, 255};
    to.push_back(color.red);
    if (!h.grey)
      to.insert(to.end(), {color.green, color.blue});
  }
}

void take_bgr(const bmp_head& h, const uint8_t* row, std::vector<uint8_t>& to) {
  for (int32_t x = 0; x < h.size.width; ++x, row += 3)
    to.insert(to.end(), {row[2], row[1], row[0]});
}

void take_masked(const bmp_head& h, const uint8_t* row, std::vector<uint8_t>& to) {
  const auto bytes = h.bits / 8;
  for (int32_t x = 0; x < h.size.width; ++x, row += bytes) {
    uint32_t pixel = 0;
    for (auto i = bytes; i-- > 0;)
      pixel = pixel << 8 | row[i];
    for (int32_t s = 0; s < h.samples(); ++s)
      to.push_back(component_of(pixel, h.masks[static_cast<size_t>(s)]));
  }
}

std::vector<uint8_t> decode_bmp(const std::filesystem::path& path) {
  const auto file = bytes_of_file(path);
  const auto h = read_bmp_head(file, file.size());
  std::vector<uint8_t> samples;
  samples.reserve(static_cast<size_t>(h.size.width) * static_cast<size_t>(h.size.height)
                  * static_cast<size_t>(h.samples()));
  for (int32_t y = 0; y < h.size.height; ++y) {
    const auto stored = static_cast<size_t>(h.top_down ? y : h.size.height - 1 - y);
    const auto row = file.data() + h.pixels + stored * h.row_bytes;
    if (h.bits <= 8)
      take_indexed(h, row, samples);
    else if (h.bits == 24)
      take_bgr(h, row, samples);
    else
      take_masked(h, row, samples);
  }
  return samples;
}

} // namespace

bool detect_bmp(const probe& what) {
  const auto head = what.head;
  return head.size() >= 26 && head[0] == 'B' && head[1] == 'M';
}

fileset_ptr parse_bmp(const std::filesystem::path& path) {
  const auto file = bytes_of_file(path);
  const auto h = read_bmp_head(file, file.size());
  const picture_shape shape{h.size, h.samples(), pixel_type::uint8, h.samples() > 1};
  return std::make_shared<whole_picture>("BMP", path, shape,
                                         [path] { return decode_bmp(path); });
}

} // namespace troupe::formats
