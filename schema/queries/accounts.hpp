// Accounts and their sessions: who may come in, and who is here.

#pragma once

#include "schema/message.hpp"

#include <soci/soci.h>

namespace troupe {

struct account_record {
  static constexpr bool local = true;
  int64_t id = 0;
  std::string login, name;
  std::string secret; ///< Argon2id string; empty = cannot sign in
  bool active = true, admin = false;
  int32_t blocked_seconds = 0; ///< > 0: throttled for this login and address
};

/// For signing in: the account of a login (id 0 when there is none) and the throttle of
/// (login, address), which is kept for unknown logins too.
struct find_account {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  std::string login, address;
  using reply = account_record;
};
account_record run(soci::session& sql, const find_account& q);

/// Remembers how an attempt ended. After 3 failures each further one doubles the wait,
/// from 2 s up to 15 min; success forgets them.
struct note_sign_in {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  std::string login, address;
  bool succeeded = false;
  using reply = done;
};
done run(soci::session& sql, const note_sign_in& q);

/// @throws failure{conflict} when the login is taken, {not_found} for the group,
///         {bad_request} for an unusable login.
struct create_account {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  std::string login, first_name, last_name, email, secret;
  bool admin = false;
  std::string group = "default";
  using reply = person;
};
person run(soci::session& sql, const create_account& q);

/// Replaces the secret, forgets failures, closes the account's sessions.
struct set_secret {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  std::string login, secret;
  using reply = done;
};
done run(soci::session& sql, const set_secret& q);

struct list_accounts {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  using reply = std::vector<account_record>;
};
std::vector<account_record> run(soci::session& sql, const list_accounts& q);

/// Stored by number: never renumber.
enum class session_kind { signed_in, token, acting_as, visitor, share };

/// What a session may be used for, as bits. Stored: never renumber.
enum class scope : int32_t { read = 1, write = 2, administer = 4 };
constexpr int32_t all_scopes = 7;

/// A session as PostgreSQL remembers it: enough to rebuild its actor after a restart.
struct session_record {
  static constexpr bool local = true;
  int64_t id = 0;
  viewer who;
  person account;
  std::string group_name;
  int64_t expires = 0; ///< seconds since 1970: the earlier of idle and life limit
  session_kind kind = session_kind::signed_in;
  int32_t scopes = all_scopes;
  std::string sudoer; ///< login of who acts as the account
  std::string title;  ///< of a share

  bool may(scope s) const { return (scopes & static_cast<int32_t>(s)) != 0; }
};

/// Who comes without signing in: sees what the account sees and changes nothing. In no
/// table. @throws failure{signed_out} for an account that is unknown, switched off or an
/// administrator.
struct find_visitor {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  std::string login;
  using reply = session_record;
};
session_record run(soci::session& sql, const find_visitor& q);

struct open_session {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  int64_t account = 0;
  std::string token_hash; ///< hex of SHA-256 of the token
  std::string agent, address;
  int32_t idle_seconds = 12 * 3600, life_seconds = 30 * 86400;
  session_kind kind = session_kind::signed_in;
  int32_t scopes = all_scopes;
  std::string name;           ///< of a token
  int64_t sudoer = 0;         ///< who acts as the account
  bool in_led_groups = false; ///< only in the groups that the sudoer leads
  using reply = session_record;
};
session_record run(soci::session& sql, const open_session& q);

/// @throws failure{signed_out} when unknown, closed or expired.
struct find_session {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  std::string token_hash;
  trace_mark trace = {};
  using reply = session_record;
};
session_record run(soci::session& sql, const find_session& q);

/// Who a session acts for, with the rights of now: for work that goes on when it has been
/// signed out. A revoked token's does not.
/// @throws failure{denied} when the account, or who acts as it, is switched off.
viewer asker_of(soci::session& sql, int64_t session);

/// Moves the idle limit of these sessions to now + idle.
struct touch_sessions {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  std::vector<int64_t> sessions;
  using reply = done;
};
done run(soci::session& sql, const touch_sessions& q);

struct close_session {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  std::string token_hash;
  using reply = done;
};
done run(soci::session& sql, const close_session& q);

} // namespace troupe
