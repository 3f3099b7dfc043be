// What the doorkeeper knows, for the files it is made of.

#pragma once

#include "actors/dispatcher.hpp"
#include "actors/password_check.hpp"
#include "actors/sessions.hpp"

#include <set>

namespace troupe {

struct sessions_state : room_state {
  static inline const char* name = "sessions";
  sessions_state() = default;
  ~sessions_state() {
    for (auto& [hash, g] : guests)
      caf::anon_send_exit(g.actor, caf::exit_reason::kill);
  }
  using clock = std::chrono::steady_clock;
  using self_type = sessions_actor::stateful_base<sessions_state>;
  struct guest {
    session_actor actor;
    meter_ptr counted;
    int64_t id = 0, expires = 0;
    std::string login;
    clock::time_point used, checked = clock::now();
    bool seen = false; ///< since the last flush
  };
  database_actor database;
  session_rooms rooms;
  std::map<std::string, guest> guests; ///< by token hash
  std::unique_ptr<dispatcher<self_type, check_password>> passwords;
  std::multiset<std::string> attempts; ///< logins being checked
  clock::time_point flushed = clock::now();
  int64_t sign_ins = 0, refused = 0;
};
using sessions_pointer = sessions_actor::stateful_pointer<sessions_state>;

/// The actor of a session: the one that is here, or a new one.
session_actor seat(sessions_pointer self, const std::string& token_hash,
                   const session_record& record);

caf::error throttled(int64_t seconds);

caf::result<done> change_password(sessions_pointer self, const set_password& m);
caf::result<account_details> let_join(sessions_pointer self, const invite& m);
caf::result<signed_in> let_act(sessions_pointer self, const become& m);

} // namespace troupe
