// Deleting, and what can be had back. Bytes stay until a deletion's time is over.

#pragma once

#include "schema/queries/batch.hpp"
#include "schema/queries/metadata.hpp"

namespace troupe {

/// Whole objects with all that is part of them, into the trash, in one transaction. With
/// `preview` nothing changes: the same plan is made and told.
/// Answers {preview, trash, purgeAfter, title, counts, others, bytes, needsConfirm,
/// blocked, left}: `others` counts what is not the viewer's own, `blocked` what was
/// chosen and cannot go, `left` contents that stay.
/// @throws failure with the first reason when nothing can go; {conflict} when regions of
///         others would go and `confirmed` is false. A preview only tells.
struct delete_objects {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  static constexpr bool changes_rights = true;
  viewer who;
  object_type type = object_type::image;
  std::vector<int64_t> ids;
  bool preview = false, contents = false, confirmed = false;
  std::vector<std::string> keep; ///< of tag, comment, xml, term, number ..., file, map
  int64_t days = 30;             ///< until the bytes go
  using reply = json_document;
};
json_document run(soci::session& sql, const delete_objects& q);

/// Deletions that the viewer may take back, the newest first.
struct list_trash {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  page_request page;
  using reply = troupe::page<json_item>;
};
page<json_item> run(soci::session& sql, const list_trash& q);

/// Every row as it was, ids included. Links to what is gone since are dropped and
/// counted. Answers {counts, dropped}.
/// @throws failure{not_found}; {conflict} naming what it needs and is gone.
struct restore_trash {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  static constexpr bool changes_rights = true;
  viewer who;
  int64_t trash = 0;
  using reply = json_document;
};
json_document run(soci::session& sql, const restore_trash& q);

/// Ends a deletion's time now; its files are doomed.
/// @throws failure{not_found}; {denied} unless all of it was the viewer's own, or without
///         the privilege to delete.
struct purge_trash {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  int64_t trash = 0;
  using reply = done;
};
done run(soci::session& sql, const purge_trash& q);

/// The server's own: every deletion whose time is over.
struct purge_expired {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  using reply = done;
};
done run(soci::session& sql, const purge_expired& q);

struct doomed_file {
  int64_t id = 0;
  std::string path; ///< relative to the data folder; a folder when below cache/
};
struct doomed_files {
  static constexpr bool local = true;
  std::vector<doomed_file> files;
};
/// Files to remove, the oldest first. What got a new row since is spared and forgotten.
struct list_doomed_files {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  int32_t limit = 1000;
  using reply = doomed_files;
};
doomed_files run(soci::session& sql, const list_doomed_files& q);

/// They are removed.
struct forget_doomed_files {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  std::vector<int64_t> ids;
  using reply = done;
};
done run(soci::session& sql, const forget_doomed_files& q);

} // namespace troupe
