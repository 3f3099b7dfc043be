// Columns that several questions about images share.

#pragma once

#include "schema/queries/images.hpp"
#include "schema/queries/rows.hpp"

#include <string_view>

namespace troupe {

/// Of an image `i` and its owner `a`, for entry_of().
extern const std::string_view entry_columns;
image_entry entry_of(const soci::row& row);

/// Of an image `i`, the main file `f` of its fileset `s` and their repo `r`.
extern const std::string_view source_columns;
image_source source_of(const soci::row& row);

std::vector<extent> levels_from(const nlohmann::json& stored);
extent extent_from(const nlohmann::json& stored); ///< [width, height]

} // namespace troupe
