// The folders that files are in.

#pragma once

#include <soci/soci.h>

#include <string>

namespace troupe {

namespace repo {
inline constexpr int64_t managed = 1, external = 2;
}

/// Where the data folder is now: rows hold paths relative to it. At every server start.
/// @throws failure{bad_request} when the path is not absolute or not UTF-8.
void set_managed_root(soci::session& sql, const std::string& root);

} // namespace troupe
