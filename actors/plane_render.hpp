// Renders regions of image planes: a front with a fair queue, a worker per core.

#pragma once

#include "actors/dispatcher.hpp"
#include "storage/encode/encode.hpp"
#include "storage/formats/reader_cache.hpp"
#include "storage/render/finish.hpp"
#include "storage/render/lut_shelf.hpp"
#include "storage/render/projected_reader.hpp"

namespace troupe {

/// What a picture is sent as. `samples`: the raw samples of one channel, little-endian.
enum class output : uint8_t { jpeg, png, samples, tiff };

/// A JPEG of the usual quality, or the one that the file has stored.
constexpr double any_quality = -1;

/// Render `where` of one level of an image the asker may see. May cross nodes: the
/// source is all a worker needs to open it.
struct render_region {
  image_source source{};
  int32_t level = 0;
  plane_index at{};
  region where{};              ///< pixels of that level
  render::settings settings{}; ///< samples: the one active channel is sent
  int32_t significant_bits = 0;
  output as = output::jpeg;
  double quality = any_quality;      ///< of a JPEG
  render::z_projection project = {}; ///< instead of plane `at.z`
  int32_t panels = 0;         ///< > 0: channels side by side, with room for so many
  render::finish finish = {}; ///< of the picture of all channels
  std::string tables = {};    ///< stamp of the lookup tables, if any is used
  errand who{};
  using reply = encoded_image;
  /// The same for every request that has the same answer.
  std::string key() const;
};
template <class Inspector>
auto inspect(Inspector& f, render_region& x) {
  return f(x.source, x.level, x.at, x.where, x.settings, x.significant_bits, x.as,
           x.quality, x.project, x.panels, x.finish, x.tables, x.who);
}

inline bool as_samples(const render_region& m) {
  return m.as == output::samples;
}

/// Texts that are equal when the values are, for keys and cache names.
std::string key_of(const render::channel_settings& c);
std::string key_of(const render::settings& s);
std::string key_of(const image_source& s);
std::string key_of(const render::z_projection& p);
std::string key_of(const render::finish& f);

using plane_render_actor =
  caf::typed_actor<ask<render_region>, ask<drain>, ask<get_status>>;
using render_worker_actor = caf::typed_actor<ask<render_region>>;

/// At most this many pixels in one picture.
constexpr int64_t max_picture_pixels = 64 << 20;
/// At most this many bytes of samples read for one projection.
constexpr int64_t max_projection_bytes = 1 << 30;

/// What workers share.
using lut_shelf_ptr = std::shared_ptr<render::lut_shelf>;

struct render_worker_state : room_state {
  static inline const char* name = "render-worker";
  render_worker_state() = default;
  formats::reader_cache readers;
  lut_shelf_ptr tables;
};

render_worker_actor::behavior_type
render_worker(render_worker_actor::stateful_pointer<render_worker_state> self,
              meter_ptr counted, std::shared_ptr<formats::shelves> shelves,
              lut_shelf_ptr tables);

room_actor start_plane_render(start_context& at);

} // namespace troupe
