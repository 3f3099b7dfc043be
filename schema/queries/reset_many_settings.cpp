// Presets as settings of many images.

#include "schema/queries/view_settings.hpp"

#include <fmt/format.h>

#include <set>

namespace troupe {

namespace {

constexpr size_t most_resets = 1000; ///< some statements each

} // namespace

batch_result run(soci::session& sql, const reset_many_settings& q) {
  if (q.as.preset == settings_preset::automatic)
    throw failure{errc::bad_request,
                  "automatic windows are measured image by image, at its own address"};
  if (q.targets.size() > most_resets)
    throw failure{errc::too_large,
                  fmt::format("settings of at most {} images are reset at once; more are "
                              "a job",
                              most_resets)};
  batch_result out;
  for (auto id : std::set<int64_t>{q.targets.begin(), q.targets.end()}) {
    try {
      run(sql, reset_settings{q.who, id, q.as});
      out.done.push_back(id);
    } catch (const failure& f) {
      out.refused.push_back({id, f.code, f.what()});
    }
  }
  return out;
}

} // namespace troupe
