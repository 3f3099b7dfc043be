// Links by which somebody who cannot sign in sets a new password, once.

#pragma once

#include "schema/queries/people.hpp"

namespace troupe {

struct reset_link {
  static constexpr bool local = true;
  int64_t account = 0;
  std::string login;
  std::string expires; ///< RFC 3339
};

/// Ends the one before. @throws failure as change_secret does for somebody else's, and
/// {conflict} for an account that is switched off.
struct make_reset_link {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  static constexpr bool administers = true;
  viewer who;
  int64_t account = 0;
  std::string token_hash; ///< hex of SHA-256
  int32_t hours = 24;
  using reply = reset_link;
};
reset_link run(soci::session& sql, const make_reset_link& q);

/// Whose it is. @throws failure{signed_out} for an unknown, used or expired one alike.
struct find_reset_link {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  std::string token_hash;
  using reply = reset_link;
};
reset_link run(soci::session& sql, const find_reset_link& q);

/// Sets the password, closes the account's sessions and tokens, ends the link.
/// @throws failure{signed_out} like find_reset_link.
struct use_reset_link {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  std::string token_hash, secret;
  using reply = done;
};
done run(soci::session& sql, const use_reset_link& q);

} // namespace troupe
