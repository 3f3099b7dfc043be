// An inspection as JSON: the answer of the child process.

#pragma once

#include "storage/inspect/inspection.hpp"

#include <string>

namespace troupe {

/// One line. Numbers JSON cannot hold are the strings "nan", "inf" and "-inf".
std::string to_json(const inspection& x);
/// @throws failure{internal} when the text is not what to_json() makes.
inspection inspection_of_json(const std::string& text);

} // namespace troupe
