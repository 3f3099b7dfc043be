// Annotations of many objects, link by link, and what those objects are in.

#pragma once

#include "schema/queries/object_pages.hpp"
#include "storage/metadata/annotation.hpp"

#include <soci/soci.h>

namespace troupe {

struct linked_annotations {
  static constexpr bool local = true;
  /// {id, kind, namespace, description, value, file, attachment, owner, created, rights,
  /// link: {id, owner, created, rights, parent, name}}: `attachment` is the file's id,
  /// `parent` the object's.
  std::vector<std::string> items;
  std::vector<person_words> people; ///< owners of annotations and links, by id
};

/// In order of namespaces, then as they were made.
struct list_linked_annotations {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  object_type type = object_type::image;
  std::vector<int64_t> ids;
  std::vector<metadata::annotation_kind> kinds; ///< none: all
  std::optional<std::string> name_space;
  std::optional<bool> ratings; ///< only ratings, or none of them
  int64_t offset = 0;
  int32_t limit = 20'000;
  using reply = linked_annotations;
};
linked_annotations run(soci::session& sql, const list_linked_annotations& q);

struct ancestor {
  object_type type = object_type::dataset;
  int64_t id = 0;
  int64_t below = 0; ///< the object that is somewhere in it
  std::string name;  ///< of that object
};
struct ancestors {
  static constexpr bool local = true;
  std::vector<ancestor> items;
};

/// Everything visible that the objects are in, directly or not, folders apart.
struct list_ancestors {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  object_type type = object_type::image;
  std::vector<int64_t> ids;
  using reply = ancestors;
};
ancestors run(soci::session& sql, const list_ancestors& q);

} // namespace troupe
