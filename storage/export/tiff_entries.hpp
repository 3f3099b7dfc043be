// Directories of a BigTIFF: their entries as bytes.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace troupe::exports {

/// Numbers of the TIFF 6 and BigTIFF specifications.
enum class tiff_tag : uint16_t {
  subfile_type = 254,
  image_width = 256,
  image_length = 257,
  bits_per_sample = 258,
  compression = 259,
  photometric = 262,
  image_description = 270,
  samples_per_pixel = 277,
  planar_configuration = 284,
  tile_width = 322,
  tile_length = 323,
  tile_offsets = 324,
  tile_byte_counts = 325,
  sub_directories = 330,
  extra_samples = 338,
  sample_format = 339,
};
enum class tiff_type : uint16_t { ascii = 2, word = 3, wide = 16, directory_offset = 18 };

class tiff_directory_bytes {
public:
  void put(tiff_tag tag, tiff_type type, const std::vector<uint64_t>& values);
  /// A text that is elsewhere in the file, its last byte 0.
  void refer(tiff_tag tag, uint64_t bytes, uint64_t offset);
  /// @param at  where in the file it will be; a multiple of 8.
  /// @returns the directory and its values that do not fit inside; a multiple of 8 bytes.
  std::string at(uint64_t at, uint64_t next) const;

private:
  struct field {
    tiff_type type;
    uint64_t count;
    std::string bytes;
  };
  std::map<tiff_tag, field> fields_; ///< in order
};

template <class Number>
void append_number(std::string& to, Number n) {
  for (size_t i = 0; i < sizeof n; ++i)
    to += static_cast<char>(static_cast<uint64_t>(n) >> 8 * i);
}

} // namespace troupe::exports
