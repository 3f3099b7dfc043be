// What lies beside a pyramid: of which file it was made, by which rule, and what its
// samples are like. Without a meta.json that fits, there is no pyramid.

#pragma once

#include "storage/derive/statistics.hpp"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>

namespace troupe::derive {

/// A new rule or layout makes every older pyramid be built anew.
constexpr int rule_version = 2;

/// Which samples a pyramid was made of: the main file as it was, and the series.
struct source_stamp {
  std::string name;
  int64_t bytes = 0, modified_ns = 0;
  int32_t series = 0;
  bool operator==(const source_stamp&) const = default;
};
/// @throws failure{not_found} when the file is gone.
source_stamp stamp_of(const std::filesystem::path& file, int32_t series);
nlohmann::json to_json(const source_stamp& s);

struct pyramid_meta {
  source_stamp source;
  int32_t first_level = 1; ///< of the image: what level 0 of the file is
  std::vector<extent> levels;
  std::vector<channel_statistics> channels; ///< of level 0; empty when another was read
};

constexpr auto pyramid_name = "pyramid.ome.tiff", meta_name = "meta.json";

/// For the finished pyramid in `folder`.
void write_meta(const pyramid_meta& m, const std::filesystem::path& folder);
/// @returns nothing when there is none, it is of another rule, damaged, or the pyramid
///          has not the size it had.
std::optional<pyramid_meta> read_meta(const std::filesystem::path& folder);

} // namespace troupe::derive
