#include "storage/files/managed.hpp"

#include <algorithm>
#include <array>

namespace troupe {

bool is_clutter(const std::filesystem::path& file) {
  constexpr std::array names{".DS_Store", "Thumbs.db", "desktop.ini", ".directory"};
  const auto name = file.filename().string();
  return name.starts_with("._")
         || std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace troupe
