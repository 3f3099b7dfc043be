// Sessions as people look after them: where they are signed in, their API tokens, and
// administrators acting as somebody.

#pragma once

#include "schema/queries/accounts.hpp"

namespace troupe {

struct session_entry {
  static constexpr bool local = true;
  int64_t id = 0;
  person account;
  session_kind kind = session_kind::signed_in;
  std::string name, agent, address, created, last_seen, expires, sudoer;
  int32_t scopes = all_scopes;
  bool current = false; ///< the one that asks
};
struct session_list {
  static constexpr bool local = true;
  std::vector<session_entry> items;
};

/// Open sessions and tokens, the newest first. Of everybody with `all`.
/// @throws failure{denied} for `all` without read_session.
struct list_sessions {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  bool all = false;
  using reply = session_list;
};
session_list run(soci::session& sql, const list_sessions& q);

/// Closes a session or token: one's own, or anybody's with read_session.
/// @throws failure{not_found} for others'.
struct revoke_session {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  static constexpr bool administers = true;
  viewer who;
  int64_t session = 0;
  using reply = done;
};
done run(soci::session& sql, const revoke_session& q);

/// An API token of the viewer: a session that does not idle away.
/// @throws failure{denied} when asked by a token or while acting as somebody.
struct make_token {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  static constexpr bool administers = true;
  viewer who;
  std::string name, token_hash;
  int32_t scopes = all_scopes, days = 90; ///< 1..3650
  using reply = session_entry;
};
session_entry run(soci::session& sql, const make_token& q);

/// Opens a session as somebody else: anybody for who has act_as, members of led groups
/// for their leaders, and then only there. Noted in the history.
/// @throws failure{denied}
struct act_as {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  static constexpr bool administers = true;
  viewer who;
  int64_t account = 0;
  std::string token_hash, agent, address;
  using reply = session_record;
};
session_record run(soci::session& sql, const act_as& q);

} // namespace troupe
