// Original files as folders: projects, the datasets in them, the files behind their
// images.

#pragma once

#include "schema/queries/downloads.hpp"

namespace troupe {

struct tree_entry {
  std::string name; ///< a safe file name that no other entry of the folder has
  bool is_folder = true;
  int64_t bytes = 0;
  int64_t changed = 0;         ///< s since 1970; 0 = not known
  original_file original = {}; ///< of a file
};

struct tree_node {
  static constexpr bool local = true;
  tree_entry self;                 ///< without a name: the top
  std::vector<tree_entry> entries; ///< of a folder, in natural order
};

/// What is at a path: /project/dataset/files, and beside the projects a folder for the
/// datasets that are in none, for the images that are in none of those, and for plates.
/// Files are those of list_originals, with their folders.
/// @throws failure{not_found} naming the path, {denied} when nothing of it may leave.
struct browse_originals {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  std::vector<std::string> path;
  download_policy policy;
  using reply = tree_node;
};
tree_node run(soci::session& sql, const browse_originals& q);

} // namespace troupe
