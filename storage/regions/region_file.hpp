// Regions of interest as files of other programs.

#pragma once

#include "storage/metadata/roi.hpp"
#include "storage/regions/region_check.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace troupe::regions {

/// What is drawn on an image, to be written.
struct drawing {
  std::string name; ///< of the image
  dimensions size;
  pixel_type type = pixel_type::uint8;
  std::vector<metadata::roi> rois;
};

struct found_regions {
  std::vector<metadata::roi> rois;
  std::vector<std::string> warnings; ///< what was left out; at most 100
};

/// All throw failure{bad_request, unreadable} for a file that is damaged or lies about
/// its size, {too_large} beyond the limits of region_check.hpp.
struct file_format {
  std::string_view name, extension, mime;
  bool (*detect)(std::string_view bytes);
  found_regions (*read)(std::string_view bytes, const dimensions& image);
  std::string (*write)(const drawing& d);
};

/// A row per format, in the order they are tried.
const std::vector<file_format>& file_formats();

/// @throws failure{bad_request} for another word, naming those there are.
const file_format& format_named(std::string_view name);

/// Detects the format, reads it, and checks every shape.
/// @throws failure{bad_request} also for a file without shapes or of no known format.
found_regions read_regions(std::string_view bytes, const dimensions& image);

/// Adds a warning, unless there are too many.
void warn(found_regions& found, std::string what);

} // namespace troupe::regions
