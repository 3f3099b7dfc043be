#include "storage/formats/jpeg.hpp"

#include "storage/failure.hpp"
#include "storage/formats/whole_picture.hpp"
#include "storage/text.hpp"

#include <turbojpeg.h>

#include <cstring>

namespace troupe::formats {
namespace {

/// Blank pictures take about 512 pixels a byte; more is a lie.
constexpr int64_t largest_jpeg_expansion = 4096;

struct destroy {
  void operator()(void* handle) const { tjDestroy(handle); }
};

struct head {
  picture_shape shape;
  bool cmyk = false;
};

class jpeg_decoder {
public:
  explicit jpeg_decoder(const std::vector<uint8_t>& file)
    : file_{file},
      handle_{tjInitDecompress()} {
    if (!handle_)
      throw failure{errc::unreadable, "no memory for a JPEG decoder"};
  }

  head read_head() {
    int width = 0, height = 0, sampling = 0, colors = 0;
    if (tjDecompressHeader3(handle_.get(), file_.data(), file_.size(), &width, &height,
                            &sampling, &colors)
        != 0)
      refuse();
    head h;
    h.cmyk = colors == TJCS_CMYK || colors == TJCS_YCCK;
    h.shape = {{width, height},
               colors == TJCS_GRAY ? 1 : 3,
               pixel_type::uint8,
               colors != TJCS_GRAY};
    return h;
  }

  std::vector<uint8_t> read_pixels(extent size, int format) {
    std::vector<uint8_t> pixels(static_cast<size_t>(size.width) * size.height
                                * static_cast<size_t>(tjPixelSize[format]));
    if (tjDecompress2(handle_.get(), file_.data(), file_.size(), pixels.data(),
                      size.width, 0, size.height, format,
                      TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS)
          != 0
        && !is_harmless())
      refuse();
    return pixels;
  }

private:
  /// Warnings leave a whole picture, except where the data end too early.
  bool is_harmless() const {
    return tjGetErrorCode(handle_.get()) == TJERR_WARNING
           && !std::strstr(tjGetErrorStr2(handle_.get()), "remature end");
  }
  [[noreturn]] void refuse() const {
    throw failure{errc::unreadable,
                  "not a valid JPEG: " + clean_text(tjGetErrorStr2(handle_.get()), 200)};
  }

  const std::vector<uint8_t>& file_;
  std::unique_ptr<void, destroy> handle_;
};

/// Whether an Adobe marker comes before the pixels: such files store inverted inks.
bool has_adobe_marker(const std::vector<uint8_t>& file) {
  for (size_t at = 2; at + 9 < file.size() && file[at] == 0xff;) {
    const auto marker = file[at + 1];
    if (marker == 0xee && std::memcmp(&file[at + 4], "Adobe", 5) == 0)
      return true;
    if (marker == 0xda)
      break;
    at += 2 + (size_t{file[at + 2]} << 8 | file[at + 3]);
  }
  return false;
}

/// Paper white minus the inks, as a screen shows it.
std::vector<uint8_t> rgb_of_inks(const std::vector<uint8_t>& cmyk, bool inverted) {
  std::vector<uint8_t> rgb;
  rgb.reserve(cmyk.size() / 4 * 3);
  auto light = [&](uint8_t ink) { return inverted ? ink : 255 - ink; };
  for (size_t i = 0; i < cmyk.size(); i += 4)
    for (size_t c = 0; c < 3; ++c)
      rgb.push_back(
        static_cast<uint8_t>((light(cmyk[i + c]) * light(cmyk[i + 3]) + 127) / 255));
  return rgb;
}

std::vector<uint8_t> decode_jpeg_file(const std::filesystem::path& path) {
  const auto file = bytes_of_file(path);
  jpeg_decoder jpeg{file};
  const auto [shape, cmyk] = jpeg.read_head();
  if (cmyk)
    return rgb_of_inks(jpeg.read_pixels(shape.size, TJPF_CMYK), has_adobe_marker(file));
  return jpeg.read_pixels(shape.size, shape.rgb ? TJPF_RGB : TJPF_GRAY);
}

} // namespace

bool detect_jpeg(const probe& what) {
  const auto head = what.head;
  return head.size() >= 3 && head[0] == 0xff && head[1] == 0xd8 && head[2] == 0xff;
}

fileset_ptr parse_jpeg(const std::filesystem::path& path) {
  const auto file = bytes_of_file(path);
  const auto shape = jpeg_decoder{file}.read_head().shape;
  check_plausible(shape, file.size(), largest_jpeg_expansion);
  return std::make_shared<whole_picture>("JPEG", path, shape,
                                         [path] { return decode_jpeg_file(path); });
}

} // namespace troupe::formats
