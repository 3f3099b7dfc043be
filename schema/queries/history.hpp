// Who did what, when, from where and as whom. Read only: nothing changes or removes it.

#pragma once

#include "schema/queries/metadata.hpp"
#include "schema/queries/object_type.hpp"

namespace troupe {

/// Of one object, the newest first.
/// @throws failure{not_found} when the viewer does not see it.
struct object_history {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  object_type type = object_type::image;
  int64_t id = 0;
  page_request page;
  using reply = troupe::page<json_item>;
};
page<json_item> run(soci::session& sql, const object_history& q);

/// What narrows the whole history; absent fields do not.
struct audit_filter {
  std::optional<int64_t> account, object;
  std::optional<std::string> action, type; ///< "delete"; "image", "account", "group" ...
  std::optional<std::string> from, to;     ///< RFC 3339, `to` exclusive
};

/// Of everything, for administrators, the newest first.
/// @throws failure{denied} for others, {bad_request} for words that there are not.
struct list_audit {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  static constexpr bool administers = true;
  viewer who;
  audit_filter filter;
  page_request page;
  using reply = troupe::page<json_item>;
};
page<json_item> run(soci::session& sql, const list_audit& q);

/// The same as CSV with a head line, at most 100,000 rows.
struct export_audit {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  static constexpr bool administers = true;
  viewer who;
  audit_filter filter;
  using reply = json_document;
};
json_document run(soci::session& sql, const export_audit& q);

/// A row about an actor that somebody restarted, or drained before.
struct note_restart {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  std::string actor;
  bool drained = false;
  using reply = done;
};
done run(soci::session& sql, const note_restart& q);

} // namespace troupe
