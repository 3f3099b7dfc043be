// From an image someone may see to the thumbnail's message.

#pragma once

#include "actors/thumbnail.hpp"
#include "schema/queries/images.hpp"
#include "storage/render/draw.hpp"

namespace troupe {

constexpr int32_t default_thumbnail = 96; ///< longest side, pixels

/// @param settings  absent = the image's default view.
inline draw_thumbnail thumbnail_of(const image_grant& g, int32_t longest, errand who,
                                   std::optional<plane_index> at = {},
                                   std::optional<render::settings> settings = {}) {
  return {.source = g.source,
          .at = at.value_or(g.first),
          .size = render::thumbnail_size({g.size.x, g.size.y}, longest),
          .settings = settings.value_or(g.settings),
          .significant_bits = g.significant_bits,
          .who = std::move(who)};
}

} // namespace troupe
