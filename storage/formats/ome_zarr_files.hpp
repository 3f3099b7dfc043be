// The files of an OME-Zarr folder.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace troupe::formats {

/// ".zattrs", "zarr.json", or "METADATA.ome.xml" where bioformats2raw's older layout has
/// the images in data.zarr beside it; empty = this is no Zarr folder.
std::string main_file_of_ome_zarr(const std::filesystem::path& folder);

/// The group the main file belongs to: "data.zarr", or the root.
std::string group_of_main_file(const std::string& main);

/// All regular files of the folder, the main one first; links are no files of it.
/// @throws failure{unreadable} when there are too many.
std::vector<std::string> files_of_ome_zarr(const std::filesystem::path& folder,
                                           const std::string& main);

} // namespace troupe::formats
