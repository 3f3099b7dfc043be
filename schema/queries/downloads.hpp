// What people take home: original files, and images to be written as OME-TIFF.

#pragma once

#include "schema/message.hpp"
#include "schema/queries/object_type.hpp"
#include "storage/formats/description.hpp"

#include <soci/soci.h>

namespace troupe {

/// Whose images may leave, beyond being seen: those one sees, those one may edit; images,
/// and images of plates. Administrators take everything.
struct download_policy {
  bool read = false, write = false, image = false, plate = false;
};
/// "+read,+write,+image"; what is not said, or said with a minus anywhere, may not.
/// @throws failure{bad_request} for other words.
download_policy download_policy_of(const std::string& text);

struct object_id {
  object_type type = object_type::image;
  int64_t id = 0;
};

struct original_file {
  std::string folder; ///< what it was reached through, as people call it; may be empty
  int64_t fileset = 0;
  std::string name; ///< relative to the fileset
  std::string path; ///< absolute
  std::string sha256;
  int64_t bytes = 0;
  int64_t modified_ns = 0; ///< that it must have; 0 = not checked
  int64_t imported = 0;    ///< s since 1970
};

struct original_files {
  static constexpr bool local = true;
  std::string title;                ///< of the one object asked for, or "download"
  std::vector<original_file> files; ///< filesets one after another, each once
};

constexpr size_t most_downloaded = 1'000'000; ///< files

/// Original files of filesets, images, datasets, projects, folders, wells, runs, plates
/// and screens; of what is inside only what may be downloaded. None for what is empty.
/// @throws failure{not_found} "dataset 7" when one is not visible; {denied} when nothing
///         of it may be downloaded; {too_large}; {bad_request} for other types.
struct list_originals {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  std::vector<object_id> objects;
  object_type type = object_type::image;
  std::vector<int64_t> ids; ///< of that type, and more than `objects`
  download_policy policy;
  using reply = original_files;
};
original_files run(soci::session& sql, const list_originals& q);

/// One file of an image's fileset, the main one being 0.
/// @throws failure{not_found, denied}.
struct find_original {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t image = 0;
  int32_t file = 0;
  download_policy policy;
  using reply = original_file;
};
original_file run(soci::session& sql, const find_original& q);

/// Names of the files of an image's fileset: in the managed folder, or absolute where
/// they are read in place; and as the client called them. @throws failure{not_found}.
struct original_paths {
  static constexpr bool local = true;
  int64_t fileset = 0;
  std::vector<std::string> stored, sent;
};
struct find_original_paths {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t image = 0;
  using reply = original_paths;
};
original_paths run(soci::session& sql, const find_original_paths& q);

/// An image with what is on it.
struct exported_image {
  static constexpr bool local = true;
  formats::series what;
  metadata::document about; ///< images[0] is this one; files without bytes
  /// Where the bytes of about.annotations are.
  struct attached {
    size_t annotation = 0;
    std::string sha256;
    int64_t bytes = 0;
  };
  std::vector<attached> files;
  int64_t id = 0, version = 0;
};

/// @throws failure{not_found}, {denied} when the image may not be downloaded.
struct export_image {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t image = 0;
  download_policy policy;
  using reply = exported_image;
};
exported_image run(soci::session& sql, const export_image& q);

} // namespace troupe
