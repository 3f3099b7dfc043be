// One signed-in person: who asks, what they may see, what they wait for.

#pragma once

#include "actors/errand.hpp"
#include "actors/imports.hpp"
#include "actors/plane_render.hpp"
#include "actors/repository.hpp"
#include "actors/thumbnail.hpp"
#include "storage/render/change.hpp"

namespace troupe {

/// Every level is cut into tiles of this size, from the top left.
constexpr int32_t tile_side = 512;

/// What all pictures are asked with. An answer whose etag is `known` comes without bytes.
struct picture_wish {
  render::change change;
  output as = output::jpeg;
  double quality = 0.85;
  std::string known;
  errand who;
};

/// A plane, or a region of it in full-size pixels; cut at the right and bottom edge.
struct view_plane {
  static constexpr bool local = true;
  int64_t image = 0;
  plane_index at;
  std::optional<region> where;
  picture_wish wish;
  using reply = encoded_image;
};

/// A tile of a level (0 = full size); edge tiles are smaller.
struct view_tile {
  static constexpr bool local = true;
  int64_t image = 0;
  plane_index at;
  int32_t level = 0, column = 0, row = 0;
  picture_wish wish;
  using reply = encoded_image;
};

/// Raw samples of one channel of a region, at most `max_sample_bytes`.
struct view_samples {
  static constexpr bool local = true;
  int64_t image = 0;
  plane_index at;
  int32_t channel = 0, level = 0;
  std::optional<region> where; ///< pixels of that level
  errand who;
  using reply = encoded_image;
};
constexpr int64_t max_sample_bytes = 64 << 20;

struct view_thumbnail {
  static constexpr bool local = true;
  int64_t image = 0;
  int32_t longest = 96;
  std::optional<int32_t> z, t;
  picture_wish wish;
  using reply = encoded_image;
};

/// @returns who this is. With `admin`, errc::denied for anyone else.
struct identify {
  static constexpr bool local = true;
  bool admin = false;
  using reply = session_record;
};

using session_actor = caf::typed_actor<
  ask<view_plane>, ask<view_tile>, ask<view_samples>, ask<view_thumbnail>, ask<identify>,
  ask<list_projects>, ask<find_project>, ask<create_project>, ask<list_datasets>,
  ask<find_dataset>, ask<create_dataset>, ask<list_images>, ask<find_image>,
  ask<grant_image>, ask<begin_import>, ask<watch_import>, ask<watch_imports>,
  ask<find_upload>, ask<commit_import>, ask<cancel_import>, ask<get_status>>;

/// The rooms a session hands its requests to.
struct session_rooms {
  static constexpr bool local = true;
  repository_actor repository;
  plane_render_actor render;
  thumbnail_actor thumbnails;
  imports_actor imports;
};

struct session_state : room_state {
  static inline const char* name = "session";
  session_state() = default;
  session_record record;
  session_rooms rooms;

  /// An image this account was shown, and until when that is believed without asking.
  struct granted {
    image_grant grant;
    std::chrono::steady_clock::time_point until;
  };
  std::map<int64_t, granted> grants;
  using grant_waiter = std::function<void(const caf::expected<image_grant>&)>;
  std::map<int64_t, std::vector<grant_waiter>>
    asking; ///< by image, while the answer is on its way
  std::vector<std::weak_ptr<std::atomic<bool>>> in_flight;
};

session_actor::behavior_type session(session_actor::stateful_pointer<session_state> self,
                                     session_record record, session_rooms rooms,
                                     meter_ptr counted);

} // namespace troupe
