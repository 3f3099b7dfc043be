// What every image format offers: a description of what is in a file, and blocks of
// its samples. A reader belongs to one thread; opening another is cheap.

#pragma once

#include "storage/pixels.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace troupe::formats {

/// A number with the unit it was written with, e.g. 0.65 "µm".
struct quantity {
  double value = 0;
  std::string unit;
  bool operator==(const quantity&) const = default;
};

struct channel {
  std::string name;                           ///< as in the file, may be empty
  std::optional<rgba> color;                  ///< only when the file says so
  std::optional<double> emission, excitation; ///< nm
};

/// Timing and position of one plane; absent values are nullopt.
struct plane_fact {
  int32_t z = 0, c = 0, t = 0;
  std::optional<double> delta_t, exposure; ///< s
  std::optional<double> x, y, z_position;  ///< in the file's stage unit
};

/// One image of a file: sizes follow the OME model, sizeC counts samples (RGB = 3).
struct series {
  std::string name, description;
  dimensions size;
  pixel_type type = pixel_type::uint8;
  int32_t significant_bits = 0; ///< 0 = all of the type's
  bool rgb = false;             ///< channels are samples of one colour picture
  std::string dimension_order = "XYCZT";
  std::optional<quantity> physical_x, physical_y, physical_z, time_increment;
  std::string acquired;          ///< RFC 3339, empty = not said
  std::vector<channel> channels; ///< size_c entries
  std::vector<extent> levels;    ///< [0] = full size, then ever smaller
  extent tile;                   ///< natural block of level 0
  std::vector<plane_fact> planes;
};

struct description {
  std::string format; ///< "TIFF", "OME-TIFF", "PNG", "JPEG"
  std::vector<formats::series> images;
  std::vector<std::pair<std::string, std::string>> facts; ///< original metadata, ordered
};

/// A rectangle of some channels of one plane at one level.
struct block {
  int32_t series = 0, level = 0;
  plane_index at;
  std::vector<int32_t> channels; ///< from 0
  region where;                  ///< inside that level
};

class reader {
public:
  virtual ~reader() = default;
  virtual const description& describe() const = 0;
  /// @returns one plane per entry of b.channels, in that order, exactly b.where big.
  /// @throws failure{bad_request} when the block is not inside the image,
  ///         failure{unreadable} naming the fault when the file cannot be decoded.
  virtual std::vector<raw_plane> read(const block& b) = 0;
  /// Memory of decoded pixels the reader keeps for the next read().
  virtual int64_t held_bytes() const { return 0; }
};

/// For readers: the checks every read() starts with. @returns the series and level.
/// @throws failure{bad_request} when the block is not inside the image,
///         failure{too_large} when the answer would exceed limits::max_block_bytes.
const series& check_block(const description& d, const block& b);

/// One row of the list of formats.
struct format {
  const char* name;
  /// Looks at content only. @param head the first bytes of the file, at most 4 KiB.
  bool (*detect)(std::span<const uint8_t> head);
  /// @throws failure{unreadable} with the reason, without the path.
  std::unique_ptr<reader> (*open)(const std::filesystem::path& file);
};

/// In order of detection.
extern const std::vector<format> all;

/// @throws failure{unreadable} "<file name>: <reason>", failure{not_found} when absent.
std::unique_ptr<reader> open(const std::filesystem::path& file);

/// Limits on what a file may claim, so that a lie costs no memory.
struct limits {
  static constexpr int64_t max_side = 4'000'000;      ///< pixels
  static constexpr int64_t max_block_bytes = 1 << 30; ///< one read() answer
  static constexpr int64_t max_planes = 10'000'000;   ///< Z x C x T of one image
  static constexpr int32_t max_series = 10'000;
  static constexpr int32_t max_directories = 1'000'000; ///< TIFF IFDs
  static constexpr int64_t max_xml_bytes = 256 << 20;
  static constexpr int32_t max_xml_depth = 64;
};

} // namespace troupe::formats
