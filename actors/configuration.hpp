// The settings of a running server, as plain values. http/ reads them from the file,
// the environment and the command line.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace troupe {

struct configuration {
  std::filesystem::path data; ///< originals, staging, cache, the database
  std::string listen = "127.0.0.1:4080";
  std::string database;   ///< URI; empty = the embedded server
  std::string public_url; ///< scheme and host behind a proxy
  std::vector<std::string> trusted_proxies;
  std::vector<std::string> cors_origins; ///< pages of others that may read; "*" = all
  std::filesystem::path tls_certificate, tls_key;
  std::filesystem::path metrics_token_file;
  std::vector<std::filesystem::path> in_place_roots;
  int64_t database_connections = 3; ///< readers; one writer is added
  int64_t render_workers = 0;       ///< 0 = one per core
  int64_t import_workers = 2;
  int64_t queue_limit = 1024; ///< jobs that may wait per room
  int64_t thumbnail_cache_bytes = 16 << 20;
  int64_t tile_cache_bytes = 256 << 20; ///< decoded tiles
  int64_t trash_days = 30;              ///< that deletions can be taken back
  int64_t session_idle_minutes = 720;   ///< after which who is signed in is out
  int64_t session_life_days = 30;       ///< the same, however busy
  int64_t password_length = 8;          ///< characters at least
  int64_t reset_link_hours = 24;        ///< that a link sets a new password
  std::string public_user; ///< login of who comes without one; empty = nobody
  std::string download_policy = "+read,+write,+image"; ///< see download_policy_of()
  std::filesystem::path omero_static; ///< files of OMERO's web applications; empty = none
  std::string log_format;             ///< "text", "json"; empty = text on a terminal
  std::string log_level = "info";
};

} // namespace troupe
