// Imports: their rows on the way from upload to images.

#pragma once

#include "schema/message.hpp"
#include "schema/queries/images.hpp"
#include "storage/inspect/inspection.hpp"

#include <soci/soci.h>

#include <memory>

namespace troupe {

/// Stored by number: never renumber. Order matters: a higher number is further on.
enum class import_state : uint8_t {
  uploading = 10,
  verified = 20, ///< every byte is here and hashed
  parsed = 30,   ///< readers took it; the result lies in staging
  placed = 40,   ///< originals are in their final folder
  done = 90,
  failed = 91,
  cancelled = 92,
};

struct import_file {
  static constexpr bool local = true;
  std::string path; ///< as the client called it; in place: absolute on the server
  int64_t bytes = 0;
  std::string sha256; ///< hex, empty until verified
  std::string error;  ///< why it was refused or skipped, empty otherwise
  struct image {
    int64_t id = 0;
    std::string name;
    int32_t series = 0;
  };
  std::vector<image> images; ///< of the fileset it is the main file of
  std::string name;          ///< below the import's folder; in place: below "/"
  std::optional<int32_t> main; ///< index of the main file of its fileset, once known
  bool skipped = false;        ///< no image and no part of one
  std::vector<std::string> warnings; ///< of the fileset it is the main file of
};

struct import_record {
  static constexpr bool local = true;
  int64_t id = 0;
  viewer who; ///< owner and group of what it makes
  import_state state = import_state::uploading;
  bool in_place = false;
  bool committed = false; ///< the client said all is sent; the server goes on by itself
  std::string error, created;
  named_parent dataset; ///< id 0 = none
  std::vector<import_file> files;
};

struct create_import {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  bool in_place = false;
  int64_t dataset = 0; ///< from resolve_target; 0 = none
  std::vector<import_file> files;
  using reply = import_record;
};
import_record run(soci::session& sql, const create_import& q);

/// The viewer's own import (admins: any). @throws failure{not_found} "import 7".
struct find_import {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t import = 0;
  using reply = import_record;
};
import_record run(soci::session& sql, const find_import& q);

/// One file of an import, and whether it may be written. @throws as find_import, also
/// failure{not_found} "import 7 has no file 3", failure{conflict} when no more bytes are
/// taken.
struct find_staged_file {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t import = 0;
  int32_t file = 0;
  using reply = import_file; ///< path, bytes and name
};
import_file run(soci::session& sql, const find_staged_file& q);

/// Newest first.
struct list_imports {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  bool active_only = false; ///< state < done
  page_request page;
  using reply = troupe::page<import_record>;
};
troupe::page<import_record> run(soci::session& sql, const list_imports& q);

/// What the server itself must go on with: committed and not ended, or uploading.
struct unfinished_imports {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  using reply = std::vector<import_record>;
};
std::vector<import_record> run(soci::session& sql, const unfinished_imports& q);

/// One step forward. Only from an earlier state that has not ended.
/// @throws failure{conflict} otherwise, e.g. when it was cancelled meanwhile.
struct advance_import {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  int64_t import = 0;
  import_state to = import_state::uploading;
  bool committed = false; ///< sets the flag, with to = uploading too
  std::string error;      ///< for failed
  /// All of them, with what is known now: sha256, error, skipped, main. May be empty.
  std::vector<import_file> files;
  using reply = done;
};
done run(soci::session& sql, const advance_import& q);

/// An original that becomes a row.
struct new_file {
  std::string name, client_path, sha256;
  int64_t bytes = 0;
  int64_t modified_ns = 0; ///< in place: mtime when inspected
};
struct new_fileset {
  std::string prefix; ///< folder below the managed root; in place: absolute folder
  std::string format;
  std::vector<new_file> files;  ///< main file first
  int32_t main_import_file = 0; ///< index into the import's files: the main file, or the
                                ///< one that was named in place
  inspection found;
  std::vector<std::string> names;         ///< one per series
  std::vector<render::settings> settings; ///< default view, one per series
};
struct registration {
  std::vector<new_fileset> filesets;
};

/// The one transaction that makes images of an import: filesets, files, images,
/// channels, plane facts, renderings, links into the dataset (skipped when it is gone),
/// jobs for what was not measured, audit, state done.
struct register_import {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  int64_t import = 0;
  std::shared_ptr<const registration> what;
  using reply = import_record;
};
import_record run(soci::session& sql, const register_import& q);

/// Work that is left after registration: images whose samples were not read yet.
struct measure_job {
  static constexpr bool local = true;
  int64_t fileset = 0;
  image_source source; ///< series of no meaning: the whole fileset is measured
  int32_t attempts = 0;
};
struct pending_measures {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  using reply = std::vector<measure_job>;
};
std::vector<measure_job> run(soci::session& sql, const pending_measures& q);

/// Counts an attempt, so that a file that kills the server is not tried for ever.
struct note_measure_attempt {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  int64_t fileset = 0;
  using reply = done;
};
done run(soci::session& sql, const note_measure_attempt& q);

/// Channel ranges of every image of the fileset, new default windows (unless someone
/// changed them), state ready, version + 1; or state damaged with `error`.
struct record_measures {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  int64_t fileset = 0;
  std::shared_ptr<const inspection> found; ///< null with an error
  std::vector<render::settings> settings;  ///< one per series
  std::string error;
  using reply = done;
};
done run(soci::session& sql, const record_measures& q);

struct import_counts {
  static constexpr bool local = true;
  int64_t active = 0, done = 0, failed = 0, cancelled = 0;
};
struct count_imports {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  using reply = import_counts;
};
import_counts run(soci::session& sql, const count_imports& q);

} // namespace troupe
