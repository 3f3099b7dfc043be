// Projects, datasets and images as people browse them, and the folder their files are in.

#pragma once

#include "actors/database.hpp"

namespace troupe {

/// Whether originals, staging and cache can be written, and how much room is left.
struct storage_health {
  static constexpr bool local = true;
  int64_t free_bytes = 0;
};
/// @throws failure{unavailable} naming the folder and the reason.
struct check_storage {
  static constexpr bool local = true;
  using reply = storage_health;
};

using repository_actor =
  caf::typed_actor<ask<inquiry>, ask<grant_image>, ask<find_settings>, ask<save_settings>,
                   ask<reset_settings>, ask<paste_settings>, ask<check_storage>,
                   ask<drain>, ask<get_status>>;

room_actor start_repository(start_context& at);

} // namespace troupe
