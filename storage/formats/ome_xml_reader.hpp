// OME-XML files that hold their pixels as BinData, or none at all.

#pragma once

#include "storage/formats/format.hpp"

namespace troupe::formats {

/// Planes that are not in the file are zero, with a warning.
fileset_ptr parse_ome_xml_file(const std::filesystem::path& file);

} // namespace troupe::formats
