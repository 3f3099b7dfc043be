// Imports: from upload to images, a few at a time, each seen by who started it.

#pragma once

#include "actors/database.hpp"
#include "actors/room.hpp"
#include "storage/files/digest_stream.hpp"

#include <filesystem>

namespace troupe {

/// Of one import, the chunks of an OME-Zarr among them.
inline constexpr size_t most_import_files = 200'000;

/// An import as its owner sees it now.
struct import_view {
  static constexpr bool local = true;
  import_record record;
  std::vector<int64_t> received; ///< bytes on the server, per file
  std::string
    stage; ///< uploading, waiting, verifying, reading, placing, registering, done ...
  double fraction = 0; ///< 0..1 of what the server does after the upload
};

struct begin_import {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  std::vector<import_file> files; ///< path and bytes as the client says
  bool in_place = false;          ///< admins only: path is the server's
  container_name project, dataset;
  trace_mark trace = {};
  using reply = import_view;
};

struct watch_import {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t import = 0;
  trace_mark trace = {};
  using reply = import_view;
};

struct watch_imports {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  bool active_only = false;
  page_request page;
  trace_mark trace = {};
  using reply = troupe::page<import_view>;
};

/// Where the bytes of one file go. The bridge writes them; they never travel in messages.
struct upload_slot {
  static constexpr bool local = true;
  std::filesystem::path file;
  int64_t offset = 0, length = 0;
  std::shared_ptr<arriving_digest> digest; ///< is told every byte that was written
};
struct find_upload {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  int64_t import = 0;
  int32_t file = 0;
  trace_mark trace = {};
  using reply = upload_slot;
};

/// All bytes are there: the server goes on by itself.
struct commit_import {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  int64_t import = 0;
  std::vector<std::string>
    hashes; ///< hex SHA-256 per file as the client knows it, may be empty
  trace_mark trace = {};
  using reply = import_view;
};

struct cancel_import {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  int64_t import = 0;
  trace_mark trace = {};
  using reply = done;
};

/// Goes on with what an earlier start left; the room tells itself.
struct resume_imports {
  static constexpr bool local = true;
  using reply = done;
};

using imports_actor =
  caf::typed_actor<ask<resume_imports>, ask<begin_import>, ask<watch_import>,
                   ask<watch_imports>, ask<find_upload>, ask<commit_import>,
                   ask<cancel_import>, ask<drain>, ask<get_status>>;

room_actor start_imports(start_context& at);

} // namespace troupe
