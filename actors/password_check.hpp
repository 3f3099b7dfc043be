// Argon2 takes memory and time on purpose: two workers do it, the rest of the house goes
// on.

#pragma once

#include "actors/errand.hpp"
#include "actors/room.hpp"

namespace troupe {

struct password_verdict {
  static constexpr bool local = true;
  bool right = false;
  std::string secret; ///< of the fresh password
};

struct check_password {
  static constexpr bool local = true;
  std::string password, secret;
  errand who;
  std::string fresh = {}; ///< a new password, if the old one is right
  bool unchecked = false; ///< there is no old one
  std::string login = {}; ///< of the new password, empty: not known
  int64_t least = 8;      ///< characters of the new one
  using reply = password_verdict;
  std::string key() const { return ""; } ///< never shared
};

using password_worker_actor = caf::typed_actor<ask<check_password>>;

struct password_worker_state : room_state {
  static inline const char* name = "password-worker";
  password_worker_state() = default;
};
password_worker_actor::behavior_type
password_worker(password_worker_actor::stateful_pointer<password_worker_state> self,
                meter_ptr counted);

} // namespace troupe
