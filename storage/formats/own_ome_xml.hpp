// The OME-XML of an image as a text to hand out.

#pragma once

#include "storage/formats/description.hpp"

#include <filesystem>

namespace troupe::formats {

/// What a file or its companion has, as it is. Nothing for files without.
/// @throws failure{unreadable}.
std::optional<std::string> own_ome_xml(const std::filesystem::path& main);

/// OME-XML 2016-06 that describes one image and says nothing of where its pixels are.
std::string write_ome_xml(const series& image);

} // namespace troupe::formats
