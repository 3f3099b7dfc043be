// Files that programs keep under a name space of theirs: listed, found, replaced.

#pragma once

#include "schema/queries/annotate.hpp"
#include "schema/queries/batch.hpp"

namespace troupe {

struct kept_file {
  seen_object annotation; ///< with the viewer's rights
  std::string name, description, sha256;
  int64_t bytes = 0;
  std::string owner_login, first_name, last_name, group_name;
  int64_t seconds = 0; ///< since 1970: when it was made
};
struct kept_files {
  static constexpr bool local = true;
  std::vector<kept_file> files;
};

/// Those of the name space that the viewer sees, newest first.
struct list_kept_files {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  std::string name_space;
  std::optional<int64_t> annotation; ///< only this one
  using reply = kept_files;
};
kept_files run(soci::session& sql, const list_kept_files& q);

/// Another file and description for an annotation. @throws failure{not_found, denied};
/// {bad_request} for one that has no file, or names that cannot be kept.
struct replace_file {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  int64_t annotation = 0;
  stored_file file;
  std::string description;
  using reply = done;
};
done run(soci::session& sql, const replace_file& q);

} // namespace troupe
