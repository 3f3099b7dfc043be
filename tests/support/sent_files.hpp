// Imports of several files.

#pragma once

#include "tests/support/api.hpp"

#include <filesystem>
#include <vector>

namespace troupe::test {

/// Bytes under the names clients call them by.
using sent_files = std::vector<std::pair<std::string, std::string>>;

/// Sends, commits, waits. @returns the import once it has ended, however it did.
json import_files(api& who, const sent_files& files);

/// All files below a folder, named below the one it lies in.
sent_files files_under(const std::filesystem::path& folder);

} // namespace troupe::test
