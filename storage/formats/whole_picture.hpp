// Formats without random access: the whole picture is one tile.

#pragma once

#include "storage/formats/fileset.hpp"

#include <filesystem>
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

class whole_picture : public fileset {
public:
  using pixels = std::function<std::vector<uint8_t>()>;
  /// @param decode  gives the interleaved samples, shape.bytes() many, on any thread.
  /// @throws failure{unreadable} when the shape is impossible or too large.
  whole_picture(const char* format, const std::filesystem::path& path,
                const picture_shape& shape, pixels decode);
  tiling tiling_of(int32_t series, int32_t level) const override;
  std::unique_ptr<decoder> open() const override;

private:
  picture_shape shape_;
  pixels decode_;
};

/// A whole file. @throws failure{unreadable}.
std::vector<uint8_t> bytes_of_file(const std::filesystem::path& file);

/// @throws failure{unreadable} when a file of `stored` bytes cannot hold the picture,
///         given how many bytes one compressed byte can become.
void check_plausible(const picture_shape& shape, size_t stored, int64_t expansion);

} // namespace troupe::formats
