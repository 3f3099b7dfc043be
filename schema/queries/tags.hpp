// Tags and keys that are there to be used again, and what carries an annotation.

#pragma once

#include "schema/queries/batch.hpp"
#include "schema/queries/metadata.hpp"

namespace troupe {

/// Tags and tag sets that the viewer sees, in natural order of their text:
/// {id, value, description, namespace, set, owner, created, uses, mine, version, rights}.
/// `uses` counts links, in a set the tags; `mine` those of the viewer.
struct list_tags {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  std::string search;        ///< in the text, upper or lower case
  bool prefix = false;       ///< the text begins with it
  bool mine = false;         ///< only the viewer's own
  std::optional<bool> sets;  ///< only sets, or only tags that are none
  std::optional<int64_t> in; ///< tags of this set. @throws failure{not_found}
  page_request page;
  using reply = troupe::page<json_item>;
};
page<json_item> run(soci::session& sql, const list_tags& q);

/// Keys of key-values that the viewer sees, the most used first: [{key, uses}].
struct list_keys {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  std::string search;
  bool prefix = false;
  int32_t limit = 100; ///< 1..1000
  using reply = json_document;
};
json_document run(soci::session& sql, const list_keys& q);

/// Visible objects of a type that carry an annotation, oldest first:
/// {type, id, name, owner, links: [{by, at}]}. @throws failure{not_found}.
struct list_annotated {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t annotation = 0;
  object_type type = object_type::image;
  page_request page;
  using reply = troupe::page<json_item>;
};
page<json_item> run(soci::session& sql, const list_annotated& q);

} // namespace troupe
