// Small pictures of images: from memory, from the cache folder, or drawn anew.

#pragma once

#include "actors/dispatcher.hpp"
#include "storage/formats/reader_cache.hpp"
#include "storage/render/lut_shelf.hpp"
#include "storage/render/projected_reader.hpp"

#include <filesystem>

namespace troupe {

/// A JPEG of plane `at`, `size` pixels. May cross nodes.
struct draw_thumbnail {
  image_source source{};
  plane_index at{};
  extent size{};
  render::settings settings{};
  int32_t significant_bits = 0;
  render::z_projection project = {}; ///< instead of plane `at.z`
  std::string tables = {};           ///< stamp of the lookup tables, if any is used
  errand who{};
  using reply = encoded_image;
  std::string key() const;
};
template <class Inspector>
auto inspect(Inspector& f, draw_thumbnail& x) {
  return f(x.source, x.at, x.size, x.settings, x.significant_bits, x.project, x.tables,
           x.who);
}

using thumbnail_actor =
  caf::typed_actor<ask<draw_thumbnail>, ask<drain>, ask<get_status>>;
using thumbnail_worker_actor = caf::typed_actor<ask<draw_thumbnail>>;

struct thumbnail_worker_state : room_state {
  static inline const char* name = "thumbnail-worker";
  thumbnail_worker_state() = default;
  formats::reader_cache readers;
  std::shared_ptr<render::lut_shelf> tables;
  std::filesystem::path folder; ///< of the cache; may vanish at any time
};

thumbnail_worker_actor::behavior_type
thumbnail_worker(thumbnail_worker_actor::stateful_pointer<thumbnail_worker_state> self,
                 meter_ptr counted, std::filesystem::path folder,
                 std::shared_ptr<formats::shelves> shelves,
                 std::shared_ptr<render::lut_shelf> tables);

room_actor start_thumbnail(start_context& at);

} // namespace troupe
