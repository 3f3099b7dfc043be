// OME-Zarr 0.1 to 0.5: images, labels, plates and the layout of bioformats2raw, in
// folders of Zarr 2 and 3.

#pragma once

#include "storage/formats/format.hpp"

namespace troupe::formats {

bool detect_ome_zarr(const probe& what);
/// @param main  the folder, or its .zattrs, .zgroup, zarr.json or METADATA.ome.xml.
fileset_ptr parse_ome_zarr(const std::filesystem::path& main);
fileset_ptr recall_ome_zarr(const std::filesystem::path& main, description what,
                            const nlohmann::json& memo);

} // namespace troupe::formats
