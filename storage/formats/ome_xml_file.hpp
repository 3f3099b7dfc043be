// OME-XML in a file of its own: where it says the pixels are.

#pragma once

#include "storage/formats/format.hpp"

namespace troupe::formats {

enum class ome_pixels {
  none,    ///< no OME-XML, or metadata only
  in_tiff, ///< TiffData: a companion of TIFF files
  in_xml,  ///< BinData
};

/// Whether a file begins as OME-XML.
bool is_ome_xml(const probe& what);

/// Reads no further than the first element that tells.
ome_pixels find_ome_pixels(const probe& what);

/// All of a text file. @throws failure{unreadable} when it is larger than XML may be.
std::string read_xml_file(const std::filesystem::path& file);

} // namespace troupe::formats
