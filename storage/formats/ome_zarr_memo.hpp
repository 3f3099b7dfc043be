// Which arrays make up which images of an OME-Zarr, and that as a memo.

#pragma once

#include "storage/formats/ome_zarr_image.hpp"

namespace troupe::formats {

struct ome_zarr_structure {
  std::filesystem::path root;
  std::vector<ome_zarr_image> images; ///< of `what`: size, type and levels
};

nlohmann::json memo_of(const ome_zarr_structure& all);
/// @param what  the description that was kept with the memo.
/// @throws nlohmann::json::exception, failure{unreadable} for what is no memo of ours.
ome_zarr_structure structure_of(const nlohmann::json& memo, const description& what,
                                std::filesystem::path root);

} // namespace troupe::formats
