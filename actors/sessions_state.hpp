// What the doorkeeper knows, for the files it is made of.

#pragma once

#include "actors/dispatcher.hpp"
#include "actors/password_check.hpp"
#include "actors/sessions.hpp"

#include <set>

namespace troupe {

/// A session, or its view of one group: an actor each.
struct guest_key {
  std::string token_hash;
  std::optional<int64_t> group; ///< none sorts first: the session itself
  auto operator<=>(const guest_key&) const = default;
};

struct sessions_state : room_state {
  static inline const char* name = "sessions";
  sessions_state() = default;
  ~sessions_state() {
    for (auto& [key, g] : guests)
      caf::anon_send_exit(g.actor, caf::exit_reason::kill);
  }
  using clock = std::chrono::steady_clock;
  using self_type = sessions_actor::stateful_base<sessions_state>;
  struct guest {
    session_actor actor;
    meter_ptr counted;
    int64_t id = 0, share = 0, expires = 0;
    std::string login;
    clock::time_point used, checked = clock::now();
    bool seen = false; ///< since the last flush
  };
  database_actor database;
  std::string public_user;    ///< its login; empty: visitors are not let in
  int64_t least_password = 8; ///< characters
  session_rooms rooms;
  std::map<guest_key, guest> guests;
  std::unique_ptr<dispatcher<self_type, check_password>> passwords;
  std::multiset<std::string> attempts;         ///< logins being checked
  std::map<std::string, std::string> unlocked; ///< hash of token and password -> proof
  /// By the hash of login and password: a token, or who waits for it.
  struct known_login {
    std::string token;
    std::vector<reply<basic_token>> waiting;
  };
  std::map<std::string, known_login> known_logins;
  std::map<std::pair<std::string, std::string>, clock::time_point>
    visits; ///< of shares: token hash, address
  clock::time_point flushed = clock::now();
  int64_t sign_ins = 0, refused = 0;
};
using sessions_pointer = sessions_actor::stateful_pointer<sessions_state>;

/// The actor of a session: the one that is here, or a new one.
/// @throws failure{not_found} for a group that the session does not see.
session_actor seat(sessions_pointer self, const guest_key& key,
                   const session_record& record);

caf::error throttled(int64_t seconds);

/// Counts who comes after a pause as a visit.
void note_visit(sessions_pointer self, const std::string& key, int64_t share,
                const std::string& address);
/// The record of who comes by a share: a question for the database.
find_share share_in(const std::string& key);
caf::result<share_key> unlock(sessions_pointer self, const unlock_share& m);
caf::result<kept_secret> harden(sessions_pointer self, const keep_secret& m);
caf::result<basic_token> let_in_again(sessions_pointer self, const sign_in_again& m);

caf::result<done> reset_by_link(sessions_pointer self, const reset_password& m);
caf::result<done> change_password(sessions_pointer self, const set_password& m);
caf::result<account_details> let_join(sessions_pointer self, const invite& m);
caf::result<signed_in> let_act(sessions_pointer self, const become& m);

} // namespace troupe
