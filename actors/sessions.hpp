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
  trace_mark trace = {};
  using reply = signed_in;
};

/// Of a share: see key_of_share.
struct share_key {
  static constexpr bool local = true;
  std::string proof;
};

struct kept_secret {
  static constexpr bool local = true;
  std::string text;
};

struct basic_token {
  static constexpr bool local = true;
  std::string token;
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
  std::string address = {}; ///< whose visit of a share is counted
  trace_mark trace = {};
  using reply = entered;
};

/// What `enter` is told instead of a token's hash by who has none: the public user, where
/// there is one.
inline const std::string visitors_hash = "visitor";

/// What it is told by who comes by a share: its token's hash, and the proof that
/// unlocking it gave.
inline const std::string shares_prefix = "share ";
inline std::string key_of_share(const std::string& token_hash, const std::string& proof) {
  return shares_prefix + token_hash + ' ' + proof;
}

/// A password for a share; right ones are remembered, as programs send theirs each time.
/// @throws failure{signed_out} for a wrong one, {not_found}, {throttled} as for signing
/// in.
struct unlock_share {
  static constexpr bool local = true;
  std::string token_hash, password, address;
  using reply = share_key;
};

/// The Argon2id form of a new password that is no account's.
/// @throws failure{bad_request} for one that is guessed first.
struct keep_secret {
  static constexpr bool local = true;
  std::string password;
  using reply = kept_secret;
};

/// Signing in by each request, as file managers do: the sessions of the last minutes are
/// used again. Instead of a password an API token of that login is taken.
/// @throws failure as sign_in does.
struct sign_in_again {
  static constexpr bool local = true;
  sign_in who;
  using reply = basic_token;
};

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
                   ask<unlock_share>, ask<keep_secret>, ask<sign_in_again>, ask<drain>,
                   ask<get_status>>;

room_actor start_sessions(start_context& at);

} // namespace troupe
