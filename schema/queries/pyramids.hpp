// Levels that files lack: what is to be made, how far it is, what came of it.

#pragma once

#include "schema/queries/images.hpp"
#include "storage/inspect/inspection.hpp"

#include <soci/soci.h>

#include <memory>

namespace troupe {

struct pyramid_job {
  static constexpr bool local = true;
  int64_t image = 0;
  image_source source;
  int64_t bytes = 0; ///< of all samples of the image, decoded
  int32_t attempts = 0;
};
/// By priority, then age.
struct pending_pyramids {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  using reply = std::vector<pyramid_job>;
};
std::vector<pyramid_job> run(soci::session& sql, const pending_pyramids& q);

/// Counts an attempt when it begins. Says how far it is: one that gets ahead is worth
/// going on with, however often the server is restarted.
struct note_pyramid {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  int64_t image = 0;
  bool begins = false;
  double progress = 0;
  using reply = done;
};
done run(soci::session& sql, const note_pyramid& q);

/// The image's levels, and, when they were measured in the same pass, its channels'
/// ranges and windows that nobody changed; version + 1. Or the job has failed: an image
/// that was readable before stays as it is, one never read to the end is damaged.
struct record_pyramid {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  int64_t image = 0;
  std::vector<extent> levels; ///< all of them now
  std::vector<channel_range> ranges;
  render::settings settings; ///< default view by these ranges
  std::string error;
  using reply = done;
};
done run(soci::session& sql, const record_pyramid& q);

/// Images with levels that were made for them.
struct list_pyramids {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  using reply = std::vector<int64_t>;
};
std::vector<int64_t> run(soci::session& sql, const list_pyramids& q);

/// The levels are gone; with `again` a job makes them anew.
/// @throws failure{not_found} "image 7" when absent or not visible.
struct drop_pyramid {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  int64_t image = 0;
  bool again = false;
  using reply = done;
};
done run(soci::session& sql, const drop_pyramid& q);

} // namespace troupe
