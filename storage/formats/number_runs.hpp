// Long lists of numbers that mostly count up evenly, in little JSON.

#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <vector>

namespace troupe::formats {

/// @returns [first, step, count, first, step, count ...].
nlohmann::json runs_of(const std::vector<int64_t>& numbers);
/// @throws failure{unreadable}, nlohmann::json::exception for what runs_of() does not
/// make.
std::vector<int64_t> numbers_of(const nlohmann::json& runs);

} // namespace troupe::formats
