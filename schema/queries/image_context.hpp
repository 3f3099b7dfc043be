// Which wells show an image, when it was taken, and what the viewer may do with it.

#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace troupe {

struct image_context {
  int32_t rights = 0;                  ///< bits of `right`
  double seconds = 0;                  ///< since 1970: when it was taken, else imported
  std::optional<double> magnification; ///< of the objective it was taken with
  std::vector<int64_t> wells;
};

/// JSON of an image `i`; names :who.
extern const std::string_view image_context_query;
image_context image_context_from(const nlohmann::json& found);

} // namespace troupe
