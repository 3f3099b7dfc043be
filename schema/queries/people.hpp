// People: what is known of accounts, and who may change it.

#pragma once

#include "schema/queries/accounts.hpp"

namespace troupe {

struct account_group {
  int64_t id = 0;
  std::string name;
  int32_t level = 0;
  bool leader = false;
};

/// What only the person, its leaders and administrators see is empty for others.
struct account_details {
  static constexpr bool local = true;
  int64_t id = 0;
  std::string login, name, first_name, middle_name, last_name, email, institution;
  std::string created; ///< RFC 3339
  bool active = true, admin = false, reader = false;
  bool known = false;     ///< the viewer sees more than the name
  int32_t privileges = 0; ///< of an administrator
  int64_t default_group = 0;
  std::vector<account_group> groups;
};

struct account_words {
  std::optional<std::string> first_name, middle_name, last_name, email, institution;
};

/// In order of logins. Everybody sees the names of everybody active.
struct list_people {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  page_request page;
  std::string search; ///< part of a login or name
  using reply = troupe::page<account_details>;
};
page<account_details> run(soci::session& sql, const list_people& q);

struct find_person {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t account = 0;
  using reply = account_details;
};
account_details run(soci::session& sql, const find_person& q);

/// @throws failure{denied} for who neither has modify_account nor leads the group;
///         {denied} when it gives privileges the viewer lacks; {conflict} for a taken
///         login.
struct add_person {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  static constexpr bool administers = true;
  viewer who;
  std::string login, secret;
  account_words words;
  int64_t group = 0; ///< its default
  bool admin = false, reader = false;
  int32_t privileges = all_privileges;
  using reply = account_details;
};
account_details run(soci::session& sql, const add_person& q);

/// People change their own words and default group, who has modify_account all.
/// @throws failure{denied} also for an administrator with more privileges than the
/// viewer.
struct change_person {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  static constexpr bool administers = true;
  viewer who;
  int64_t account = 0;
  std::optional<std::string> login;
  account_words words;
  std::optional<int64_t> default_group;
  std::optional<bool> active, admin, reader;
  std::optional<int32_t> privileges;
  using reply = account_details;
};
account_details run(soci::session& sql, const change_person& q);

/// Its own (the sessions actor has checked the old one) or, with modify_account,
/// somebody's who has no more privileges. Closes the account's other sessions and tokens.
struct change_secret {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  static constexpr bool administers = true;
  viewer who;
  int64_t account = 0;
  std::string secret;
  using reply = done;
};
done run(soci::session& sql, const change_secret& q);

} // namespace troupe
