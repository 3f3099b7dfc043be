// Formats without random access: the whole picture is decoded at the first read and kept.

#pragma once

#include "storage/formats/reader.hpp"

#include <functional>

namespace troupe::formats {

/// Pictures that decode to more are refused.
constexpr int64_t max_whole_picture = 512 << 20;

/// What the head of the file says.
struct picture_shape {
  extent size;
  int32_t samples = 1; ///< interleaved
  pixel_type type = pixel_type::uint8;
  bool rgb = false;
  int64_t bytes() const {
    return int64_t{size.width} * size.height * samples
           * static_cast<int64_t>(bytes_of(type));
  }
};

class whole_picture : public reader {
public:
  using decoder = std::function<std::vector<uint8_t>()>;
  /// @param decode  gives the interleaved samples, shape.bytes() many.
  /// @throws failure{unreadable} when the shape is impossible or too large.
  whole_picture(const char* format, const picture_shape& shape, decoder decode);
  const description& describe() const override { return description_; }
  int64_t held_bytes() const override { return static_cast<int64_t>(samples_.size()); }
  std::vector<raw_plane> read(const block& b) override;

private:
  picture_shape shape_;
  description description_;
  decoder decode_;
  std::vector<uint8_t> samples_;
};

/// A whole file. @throws failure{unreadable}.
std::vector<uint8_t> bytes_of_file(const std::filesystem::path& file);

/// @throws failure{unreadable} when a file of `stored` bytes cannot hold the picture,
///         given how many bytes one compressed byte can become.
void check_plausible(const picture_shape& shape, size_t stored, int64_t expansion);

} // namespace troupe::formats
