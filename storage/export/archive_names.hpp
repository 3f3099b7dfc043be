// The names files have inside an archive.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace troupe::exports {

struct archive_member {
  std::string folder;  ///< as people call it; empty = at the top
  int64_t fileset = 0; ///< members of one fileset follow each other and stay together
  std::string name;    ///< relative, with "/" between folders
};

/// One relative path per member: every part is a safe_file_name(), no two paths meet, not
/// even where upper and lower case are one. A fileset whose names are taken gets a
/// numbered folder, so that files that need each other still find each other.
std::vector<std::string> archive_names(const std::vector<archive_member>& members);

/// A safe name of one part: slashes do not cut it.
std::string safe_part(std::string text);

} // namespace troupe::exports
