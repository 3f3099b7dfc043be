// Images: what the server shows of them, and where their pixels are.

#pragma once

#include "schema/message.hpp"
#include "schema/queries/containers.hpp"
#include "schema/queries/image_context.hpp"
#include "storage/formats/reader.hpp"
#include "storage/render/settings.hpp"

#include <soci/soci.h>

namespace troupe {

/// Stored by number: never renumber.
enum class image_state : uint8_t {
  measuring, ///< viewable, channel ranges still unknown or estimates
  ready,
  damaged, ///< a later look at the file failed; `error` says why
};

struct image_entry {
  int64_t id = 0;
  std::string name;
  dimensions size;
  pixel_type type = pixel_type::uint8;
  image_state state = image_state::ready;
  std::string acquired, created; ///< RFC 3339; acquired may be empty
  person owner;
  int32_t version = 0; ///< changes when the default thumbnail does
};

enum class image_order : uint8_t { id, name, created, acquired };

struct list_images {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  std::optional<int64_t> dataset, folder; ///< @throws failure{not_found} when not visible
  bool orphaned = false;
  image_order order = image_order::name;
  bool descending = false;
  page_request page;
  std::optional<int64_t> owner = {}; ///< only what this account owns
  using reply = troupe::page<image_entry>;
};
troupe::page<image_entry> run(soci::session& sql, const list_images& q);

struct image_channel {
  std::string name;
  render::channel_settings settings; ///< as the viewer chose to see it
  std::optional<double> min, max, emission, excitation;
};

struct image_file {
  std::string name, sha256;
  int64_t bytes = 0;
};

/// Levels that the file lacks and the server makes.
enum class pyramid_state : uint8_t {
  none, ///< not needed, or removed
  waiting,
  building,
  ready,
  failed,
};

struct image_details {
  static constexpr bool local = true;
  image_entry entry;
  std::string description, group_name, error, format, imported;
  int64_t group = 0;
  int32_t significant_bits = 0, series = 0;
  bool rgb = false, in_place = false;
  std::optional<formats::quantity> physical_x, physical_y, physical_z, time_increment;
  std::vector<image_channel> channels;
  render::model model = render::model::color;
  bool plain_levels = true; ///< all 256, no noise reduction
  plane_index first;        ///< shown first
  std::vector<extent> levels;
  extent tile; ///< as the file is cut, at full size
  pyramid_state pyramid = pyramid_state::none;
  double pyramid_progress = 0; ///< 0..1
  std::string pyramid_error;   ///< why it failed
  std::vector<image_file> files;
  struct place {
    named_parent dataset;
    std::vector<named_parent> projects;
  };
  std::vector<place> datasets;
  std::optional<image_context> context; ///< when it was asked for
};

/// @throws failure{not_found} "image 7" when absent or not visible.
struct find_image {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t image = 0;
  bool with_context = false;
  using reply = image_details;
};
image_details run(soci::session& sql, const find_image& q);

/// All that is needed to render an image: what a session remembers once it may be seen.
struct image_grant {
  int64_t image = 0;
  image_source source;
  dimensions size;
  pixel_type type = pixel_type::uint8;
  int32_t significant_bits = 0;
  int32_t version = 0;
  image_state state = image_state::ready;
  bool settled = true; ///< no job of the server is about to change it
  std::string error;
  std::vector<extent> levels;
  extent tile;               ///< as the file is cut, at full size
  render::settings settings; ///< every channel, as the viewer chose to see it
  plane_index first;         ///< shown first
};
template <class Inspector>
auto inspect(Inspector& f, image_grant& g) {
  return f(g.image, g.source, g.size, g.type, g.significant_bits, g.version, g.state,
           g.settled, g.error, g.levels, g.tile, g.settings, g.first);
}

/// @throws failure{not_found} "image 7" when absent or not visible.
struct grant_image {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t image = 0;
  trace_mark trace = {};
  using reply = image_grant;
};
image_grant run(soci::session& sql, const grant_image& q);

} // namespace troupe
