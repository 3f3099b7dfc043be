// Where a fuzzer puts the file it shows to a reader: a folder of its own in TMPDIR, which
// run.sh has in memory and removes.

#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace troupe::test {

inline const std::filesystem::path& scratch() {
  static const std::filesystem::path made = [] {
    auto pattern =
      (std::filesystem::temp_directory_path() / "troupe-fuzz-XXXXXX").string();
    if (!::mkdtemp(pattern.data()))
      std::abort();
    return pattern;
  }();
  return made;
}

inline void put(const char* name, std::string_view bytes) {
  std::ofstream{scratch() / name, std::ios::binary} << bytes;
}

} // namespace troupe::test
