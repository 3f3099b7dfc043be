// Links by which people without an account see some objects.

#pragma once

#include "schema/queries/accounts.hpp"
#include "schema/queries/downloads.hpp"

namespace troupe {

struct share_entry {
  static constexpr bool local = true;
  int64_t id = 0;
  person owner;
  std::string title;
  std::vector<object_id> objects;
  bool has_password = false, download = false;
  std::string created, expires, last_view; ///< RFC 3339; last_view may be empty
  int64_t views = 0;
};

struct share_list {
  static constexpr bool local = true;
  std::vector<share_entry> items;
};

constexpr size_t most_shared = 10'000; ///< objects of one share
constexpr int32_t most_share_days = 3650;

/// Projects, datasets, images, screens and plates of one group, with what is in them.
/// Noted in the history.
/// @throws failure{not_found} naming what the viewer does not see; {bad_request};
///         {denied} for who acts as somebody: a share would outlive that.
struct make_share {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  std::string token_hash; ///< hex of SHA-256
  std::vector<object_id> objects;
  object_type type = object_type::image;
  std::vector<int64_t> ids; ///< of that type, and more than `objects`
  std::string title;        ///< empty: the name of the first object
  std::string secret;       ///< Argon2id; empty: no password
  bool download = false;
  int32_t days = 30; ///< 1..most_share_days
  using reply = share_entry;
};
share_entry run(soci::session& sql, const make_share& q);

/// The viewer's own, with `all` those of everybody for administrators and of led groups
/// for their leaders. Also those that have expired, as long as they are kept.
struct list_shares {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  bool all = false;
  using reply = share_list;
};
share_list run(soci::session& sql, const list_shares& q);

/// Ends so many days from now. @throws failure{not_found} for others', as list_shares.
struct extend_share {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  static constexpr bool changes_rights = true;
  viewer who;
  int64_t share = 0;
  int32_t days = 30;
  using reply = share_entry;
};
share_entry run(soci::session& sql, const extend_share& q);

/// Ends it now. @throws failure{not_found}
struct revoke_share {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  static constexpr bool changes_rights = true;
  viewer who;
  int64_t share = 0;
  using reply = done;
};
done run(soci::session& sql, const revoke_share& q);

/// A session of who comes by a share: sees what is shared as its owner sees it now, and
/// changes nothing. In no table.
/// @param proof  share_proof() of who knows the password.
/// @throws failure{not_found} for a share that is unknown, over, or whose owner is
/// switched
///         off or out of its group; {signed_out} without the proof.
struct find_share {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  std::string token_hash, proof;
  using reply = session_record;
};
session_record run(soci::session& sql, const find_share& q);

/// What a password is checked against.
struct share_secret {
  static constexpr bool local = true;
  int64_t id = 0;
  std::string secret; ///< Argon2id; empty: no password
};
/// @throws failure{not_found} as find_share.
struct find_share_secret {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  std::string token_hash;
  using reply = share_secret;
};
share_secret run(soci::session& sql, const find_share_secret& q);

/// What only who knew the password can show: good as long as the password is the same.
std::string share_proof(const std::string& token_hash, const std::string& secret);

/// Counts a visit.
struct note_share_view {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  int64_t share = 0;
  using reply = done;
};
done run(soci::session& sql, const note_share_view& q);

/// The server's own: forgets what ended a week ago; until then it can be extended.
struct forget_shares {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  using reply = done;
};
done run(soci::session& sql, const forget_shares& q);

/// Until the end of the transaction every query sees the windows of this share in place
/// of the tables (see migrations/*_shares.sql), and none writes.
void look_through_share(soci::session& sql, int64_t share);

} // namespace troupe
