// Objects into another group, objects to another person. One planner with deletions: see
// subgraph.hpp.

#pragma once

#include "schema/queries/batch.hpp"
#include "schema/queries/metadata.hpp"

namespace troupe {

/// Whole objects with all that is part of them into a group, in one transaction. Links
/// between what goes and what stays are cut, also those of tags that are on other things.
/// Answers {preview, counts, others, blocked, left, cut, leftBehind}: `cut` counts links,
/// `leftBehind` are annotations [{id, text}] that no longer lie on what went.
/// @throws failure{not_found, denied} for the group; {conflict} when a private group
/// would
///         get regions of several people; {bad_request} for regions, which go with
///         images.
struct move_objects {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  static constexpr bool changes_rights = true;
  viewer who;
  object_type type = object_type::image;
  std::vector<int64_t> ids;
  int64_t group = 0;
  bool preview = false, contents = true;
  using reply = json_document;
};
json_document run(soci::session& sql, const move_objects& q);

/// Whole objects to a person of their group. What others may annotate keeps its authors.
/// Answers {preview, counts, others, blocked, left}.
/// @throws failure{not_found} for the account, {conflict} when it is not in the group.
struct give_objects {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  static constexpr bool changes_rights = true;
  viewer who;
  object_type type = object_type::image;
  std::vector<int64_t> ids;
  int64_t account = 0;
  bool preview = false, contents = true;
  using reply = json_document;
};
json_document run(soci::session& sql, const give_objects& q);

} // namespace troupe
