// Groups: who shares with whom, and how far.

#pragma once

#include "schema/message.hpp"

#include <soci/soci.h>

namespace troupe {

/// Stored by number: never renumber.
enum class group_level { private_, read, annotate, write };

struct group_member {
  person who;
  bool leader = false, active = true;
};
struct group_record {
  static constexpr bool local = true;
  int64_t id = 0;
  std::string name, description, created;
  group_level level = group_level::private_;
  bool system = false; ///< one that every server has: neither renamed nor joined by hand
  bool member = false, leader = false; ///< the viewer
  int64_t members = 0;
};

/// The viewer's groups; for an administrator and with `all` every group.
struct list_groups {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  bool all = false; ///< @throws failure{denied} for others than administrators
  using reply = std::vector<group_record>;
};
std::vector<group_record> run(soci::session& sql, const list_groups& q);

struct group_details {
  static constexpr bool local = true;
  group_record self;
  std::vector<group_member> members; ///< in order of login
};
/// @throws failure{not_found} "group 7" for those who are neither in it nor
/// administrators.
struct find_group {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t group = 0;
  using reply = group_details;
};
group_details run(soci::session& sql, const find_group& q);

/// @throws failure{denied} without modify_group, {conflict} when the name is taken.
struct create_group {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  static constexpr bool administers = true;
  viewer who;
  std::string name, description;
  group_level level = group_level::private_;
  using reply = group_details;
};
group_details run(soci::session& sql, const create_group& q);

/// What becoming private costs: others' traces on people's objects.
struct level_losses {
  int64_t settings = 0, rois = 0, annotation_links = 0, links = 0, comments = 0;
  int64_t plates = 0; ///< with images of other owners: they forbid it
};
struct group_change {
  static constexpr bool local = true;
  group_details self; ///< as it is, or would be
  level_losses losses;
};

/// Leaders change description and level, administrators with modify_group the name too,
/// and only they let members write.
/// @throws failure{denied}, {conflict} for a taken name or when plates forbid it.
struct change_group {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  static constexpr bool administers = true;
  viewer who;
  int64_t group = 0;
  std::optional<std::string> name, description;
  std::optional<group_level> level;
  bool preview = false; ///< changes nothing, tells the losses
  using reply = group_change;
};
group_change run(soci::session& sql, const change_group& q);

/// Adds a member or makes one a leader or not.
/// @throws failure{denied} for others than leaders and who has modify_membership.
struct set_membership {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  static constexpr bool administers = true;
  viewer who;
  int64_t group = 0, account = 0;
  bool leader = false;
  using reply = group_details;
};
group_details run(soci::session& sql, const set_membership& q);

/// @throws failure{conflict} for somebody's last group.
struct remove_membership {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  static constexpr bool administers = true;
  viewer who;
  int64_t group = 0, account = 0;
  using reply = group_details;
};
group_details run(soci::session& sql, const remove_membership& q);

} // namespace troupe
