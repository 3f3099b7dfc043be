// The doorkeeper: signs people in and out, and keeps one session actor for each.

#pragma once

#include "actors/session.hpp"

namespace troupe {

struct signed_in {
  static constexpr bool local = true;
  std::string token; ///< told once; only its hash is kept
  session_record record;
};

/// @throws failure{signed_out} for a wrong name or password alike, {throttled} with the
///         seconds to wait as the error's second value.
struct sign_in {
  static constexpr bool local = true;
  std::string login, password, agent, address;
  int32_t idle_seconds = 12 * 3600, life_seconds = 30 * 86400; ///< of the session
  using reply = signed_in;
};

struct entered {
  static constexpr bool local = true;
  session_actor session;
};

/// The session of a token, woken from the database when it is not here; with a group, as
/// it sees and works in that group only.
/// @throws failure{signed_out}, {not_found} for a group it does not see.
struct enter {
  static constexpr bool local = true;
  std::string token_hash;
  std::optional<int64_t> group;
  using reply = entered;
};

/// What `enter` is told instead of a token's hash by who has none: the public user, where
/// there is one.
inline const std::string visitors_hash = "visitor";

struct sign_out {
  static constexpr bool local = true;
  std::string token_hash;
  using reply = done;
};

/// A new password: one's own for the old one, or, by right, somebody's. Asked by the
/// session of a token that was got with a password.
/// @throws failure{denied} for a wrong old one, {throttled} as for signing in.
struct set_password {
  static constexpr bool local = true;
  std::string token_hash;
  std::optional<int64_t> account; ///< absent: one's own
  std::string old, fresh, address;
  using reply = done;
};

/// A new password by a link for it.
/// @throws failure{signed_out} for a link that is no longer good, {throttled}.
struct reset_password {
  static constexpr bool local = true;
  std::string token_hash, fresh, address;
  using reply = done;
};

/// An account with a password.
struct invite {
  static constexpr bool local = true;
  std::string token_hash, password;
  add_person what;
  using reply = account_details;
};

/// Signs in as somebody else. See act_as.
struct become {
  static constexpr bool local = true;
  std::string token_hash;
  int64_t account = 0;
  std::string agent, address;
  using reply = signed_in;
};

/// Accounts or groups have changed: every session learns what it may do now, before the
/// answer.
struct renew_sessions {
  static constexpr bool local = true;
  using reply = done;
};

using sessions_actor =
  caf::typed_actor<ask<sign_in>, ask<enter>, ask<sign_out>, ask<set_password>,
                   ask<reset_password>, ask<renew_sessions>, ask<invite>, ask<become>,
                   ask<get_status>>;

room_actor start_sessions(start_context& at);

} // namespace troupe
