// What is in a fileset, in the words of the OME model.

#pragma once

#include "storage/metadata/document.hpp"
#include "storage/pixels.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace troupe::formats {

using metadata::quantity;

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
  bool labels = false;          ///< a sample names an object: two have no mean
  std::string dimension_order = "XYCZT";
  std::optional<quantity> physical_x, physical_y, physical_z, time_increment;
  std::string acquired;          ///< RFC 3339, empty = not said
  std::vector<channel> channels; ///< size_c entries
  std::vector<extent> levels;    ///< [0] = full size, then ever smaller
  extent tile;                   ///< native tile of level 0
  std::vector<plane_fact> planes;
};

struct description {
  std::string format; ///< "TIFF", "OME-TIFF", "OME-Zarr", "JPEG" ...
  std::vector<formats::series> images;
  std::vector<std::pair<std::string, std::string>> facts; ///< original metadata, ordered
  /// Every file of the fileset, the main one first: paths below the main file's folder,
  /// with "/" between names.
  std::vector<std::string> files;
  std::vector<std::string> warnings; ///< what was left out, and why
  metadata::document about; ///< instruments, regions of interest, annotations, plates
};

} // namespace troupe::formats
