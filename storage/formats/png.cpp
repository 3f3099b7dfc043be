#include "storage/formats/png.hpp"

#include "storage/failure.hpp"
#include "storage/formats/limits.hpp"
#include "storage/formats/whole_picture.hpp"
#include "storage/text.hpp"

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <fmt/format.h>
#include <png.h>

namespace troupe::formats {
namespace {

/// Deflate makes at most 1032 bytes of one; grey of 1 bit is spread over 8 more.
constexpr int64_t largest_png_expansion = 1040 * 8;

/// What libpng reads from and complains to. Plain values: errors leave by longjmp.
struct source {
  const uint8_t* bytes;
  size_t size, at;
  char complaint[200];
};

void take(png_structp png, png_bytep to, size_t size) {
  auto& from = *static_cast<source*>(png_get_io_ptr(png));
  if (size > from.size - from.at)
    png_error(png, "truncated");
  std::memcpy(to, from.bytes + from.at, size);
  from.at += size;
}

[[noreturn]] void complain(png_structp png, png_const_charp text) {
  auto& from = *static_cast<source*>(png_get_error_ptr(png));
  std::snprintf(from.complaint, sizeof from.complaint, "%s", text);
  png_longjmp(png, 1);
}

void ignore(png_structp, png_const_charp) {}

/// libpng says only that the head is invalid.
void check_size(const source& file) {
  constexpr size_t width_at = 16, head = 24;
  if (file.size < head)
    return;
  const auto number = [&](size_t at) {
    return uint32_t{file.bytes[at]} << 24 | uint32_t{file.bytes[at + 1]} << 16
           | uint32_t{file.bytes[at + 2]} << 8 | file.bytes[at + 3];
  };
  const auto width = number(width_at), height = number(width_at + 4);
  if (width > limits::max_side || height > limits::max_side)
    throw failure{errc::unreadable,
                  fmt::format("the image is too large: {} x {} pixels", width, height)};
}

/// The decoder's two structures, freed together.
class png_decoder {
public:
  explicit png_decoder(const std::vector<uint8_t>& file)
    : source_{file.data(), file.size(), 0, {}} {
    png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, &source_, complain, ignore);
    info_ = png_ ? png_create_info_struct(png_) : nullptr;
    if (!info_) {
      png_destroy_read_struct(&png_, nullptr, nullptr);
      throw failure{errc::unreadable, "no memory for a PNG decoder"};
    }
  }
  ~png_decoder() { png_destroy_read_struct(&png_, &info_, nullptr); }
  png_decoder(const png_decoder&) = delete;
  png_decoder& operator=(const png_decoder&) = delete;

  picture_shape read_head() {
    if (!head())
      refuse();
    const auto channels = png_get_channels(png_, info_);
    return {{static_cast<int32_t>(png_get_image_width(png_, info_)),
             static_cast<int32_t>(png_get_image_height(png_, info_))},
            channels,
            png_get_bit_depth(png_, info_) == 16 ? pixel_type::uint16 : pixel_type::uint8,
            channels > 1};
  }

  /// After read_head(). @param to  all rows, @param rows  where each starts.
  void read_rows(std::vector<png_bytep>& rows) {
    if (!body(rows.data()))
      refuse();
  }

private:
  // Between setjmp and longjmp: no object that would need its destructor.
  bool head() {
    if (setjmp(png_jmpbuf(png_)))
      return false;
    png_set_read_fn(png_, &source_, take);
    png_set_user_limits(png_, limits::max_side, limits::max_side);
    png_set_chunk_malloc_max(png_, 8 << 20);
    png_read_info(png_, info_);
    if (png_get_color_type(png_, info_) == PNG_COLOR_TYPE_PALETTE
        && !png_get_valid(png_, info_, PNG_INFO_PLTE))
      png_error(png_, "a palette image without a palette");
    png_set_expand(png_); // palette to RGB, 1, 2 and 4 bits to 8, transparency to alpha
    png_set_swap(png_);   // 16 bits little-endian
    png_set_interlace_handling(png_);
    png_read_update_info(png_, info_);
    return true;
  }

  bool body(png_bytep* rows) {
    if (setjmp(png_jmpbuf(png_)))
      return false;
    png_read_image(png_, rows);
    return true;
  }

  [[noreturn]] void refuse() const {
    if (std::strcmp(source_.complaint, "Invalid IHDR data") == 0)
      check_size(source_);
    throw failure{errc::unreadable, "not a valid PNG: " + clean_text(source_.complaint)};
  }

  source source_;
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
};

std::vector<uint8_t> decode(const std::filesystem::path& path) {
  const auto file = bytes_of_file(path);
  png_decoder png{file};
  const auto shape = png.read_head();
  std::vector<uint8_t> samples(static_cast<size_t>(shape.bytes()));
  std::vector<png_bytep> rows(static_cast<size_t>(shape.size.height));
  const auto row_bytes = samples.size() / rows.size();
  for (size_t y = 0; y < rows.size(); ++y)
    rows[y] = samples.data() + y * row_bytes;
  png.read_rows(rows);
  return samples;
}

} // namespace

bool detect_png(const probe& what) {
  const auto head = what.head;
  return head.size() >= 8 && png_sig_cmp(head.data(), 0, 8) == 0;
}

fileset_ptr parse_png(const std::filesystem::path& path) {
  const auto file = bytes_of_file(path);
  const auto shape = png_decoder{file}.read_head();
  check_plausible(shape, file.size(), largest_png_expansion);
  return std::make_shared<whole_picture>("PNG", path, shape,
                                         [path] { return decode(path); });
}

} // namespace troupe::formats
