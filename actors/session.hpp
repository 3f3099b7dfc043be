// One signed-in person: who asks, what they may see, what they wait for.

#pragma once

#include "actors/imports.hpp"
#include "actors/pictures.hpp"
#include "actors/plane_render.hpp"
#include "actors/pyramids.hpp"
#include "actors/repository.hpp"
#include "actors/sample_questions.hpp"
#include "actors/thumbnail.hpp"

namespace troupe {

/// The lookup tables there are, ascending by name.
struct lut_list {
  static constexpr bool local = true;
  render::lut_library tables = render::lut_library::built_in();
};
struct list_luts {
  static constexpr bool local = true;
  trace_mark trace = {};
  using reply = lut_list;
};

/// @returns who this is. With `admin`, errc::denied for anyone else.
struct identify {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  bool admin = false;
  trace_mark trace = {};
  using reply = session_record;
};

/// The database knows better: groups, rights or privileges may have changed.
struct renew {
  static constexpr bool local = true;
  session_record record;
  bool forget = false; ///< also which images it may show
  using reply = done;
};

using session_actor =
  caf::typed_actor<ask<inquiry>, ask<grant_image>, ask<find_settings>, ask<save_settings>,
                   ask<reset_settings>, ask<paste_settings>, ask<view_plane>,
                   ask<view_scaled>, ask<view_tile>, ask<view_split>, ask<view_samples>,
                   ask<view_thumbnail>, ask<view_histogram>, ask<view_line>,
                   ask<measure_shape>, ask<measure_shapes>, ask<list_luts>, ask<identify>,
                   ask<renew>, ask<begin_import>, ask<watch_import>, ask<watch_imports>,
                   ask<find_upload>, ask<commit_import>, ask<cancel_import>,
                   ask<remove_pyramid>, ask<drain>, ask<get_status>>;

/// The rooms a session hands its requests to.
struct session_rooms {
  static constexpr bool local = true;
  repository_actor repository;
  plane_render_actor render;
  thumbnail_actor thumbnails;
  imports_actor imports;
  measurements_actor measurements;
  lut_shelf_ptr tables;
  pyramids_actor pyramids;
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
