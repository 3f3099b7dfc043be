// How far a build has come: what a restart needs to go on.

#pragma once

#include "storage/derive/meta.hpp"
#include "storage/derive/pyramid_file.hpp"

#include <nlohmann/json.hpp>

namespace troupe::derive {

struct checkpoint {
  size_t page = 0;  ///< under work
  int32_t rows = 0; ///< source rows of it that are done
  nlohmann::json file, counts;
};

/// In the folder of an unfinished pyramid; replaces the one before as a whole.
void save(const checkpoint& c, const source_stamp& source,
          const std::filesystem::path& folder);
/// @returns the beginning when there is none, or one of another source, rule or
///          layout.
checkpoint load(const source_stamp& source, const std::filesystem::path& folder);

} // namespace troupe::derive
