// A parsed TIFF fileset as JSON, so that opening it again walks no directories.

#pragma once

#include "storage/formats/tiff_structure.hpp"

#include <nlohmann/json_fwd.hpp>

namespace troupe::formats {

nlohmann::json memo_of(const tiff_structure& all);

/// Reads one directory of each kind from the files, the rest from the memo.
/// @throws failure{unreadable}, nlohmann::json::exception when they do not fit.
tiff_structure recall_structure(const std::filesystem::path& main,
                                const description& what, const nlohmann::json& memo);

} // namespace troupe::formats
