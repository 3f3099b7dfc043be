// Lookup tables that a formula defines. Rendering reference, section 5.3.

#pragma once

#include "storage/render/lookup_table.hpp"

#include <string>
#include <utility>
#include <vector>

namespace troupe::render {

/// By file name, as if each came from a file: "grays.lut", "fire.lut" ...
std::vector<std::pair<std::string, lookup_table>> formula_tables();

} // namespace troupe::render
