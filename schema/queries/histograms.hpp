// How the samples of a channel are spread over the whole image, as counted when it was
// read.

#pragma once

#include "schema/message.hpp"
#include "storage/derive/statistics.hpp"

#include <nlohmann/json.hpp>
#include <soci/soci.h>

#include <optional>

namespace troupe {

/// Nothing when none was counted, for a channel there is not, and for a damaged image.
/// @throws failure{not_found} "image 7" when absent or not visible.
struct find_histogram {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t image = 0;
  int32_t channel = 0;
  using reply = std::optional<derive::histogram>;
};
std::optional<derive::histogram> run(soci::session& sql, const find_histogram& q);

/// As the column has it; null without counts.
nlohmann::json histogram_to_json(const derive::histogram& h);

} // namespace troupe
