#include "storage/formats/slide_files.hpp"

#include "storage/failure.hpp"
#include "storage/formats/limits.hpp"
#include "storage/formats/side_file.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>

namespace troupe::formats {
namespace {

namespace fs = std::filesystem;

constexpr size_t most_index_bytes = 16 << 20;

/// Values of the keys that name files, in an INI file.
/// @param keys  how such keys begin.
template <size_t N>
std::vector<std::string> named_files(const fs::path& ini,
                                     const std::array<const char*, N>& keys) {
  std::ifstream in{ini, std::ios::binary};
  std::vector<std::string> names;
  size_t read = 0;
  for (std::string line; std::getline(in, line);) {
    if ((read += line.size() + 1) > most_index_bytes)
      throw failure{errc::unreadable, "its index is too large"};
    const auto equals = line.find('=');
    if (equals == std::string::npos
        || std::none_of(keys.begin(), keys.end(),
                        [&](auto key) { return line.starts_with(key); }))
      continue;
    auto name = line.substr(equals + 1);
    name.erase(name.find_last_not_of(" \r\t") + 1);
    name.erase(0, name.find_first_not_of(" \t"));
    if (!name.empty())
      names.push_back(std::move(name));
  }
  return names;
}

/// What a VMS or VMU file names lies beside it.
std::vector<std::string> files_beside(const fs::path& main) {
  constexpr std::array keys{"ImageFile", "MapFile", "MacroImage", "OptimisationFile"};
  std::vector<std::string> files;
  for (auto& name : named_files(main, keys))
    if (side_file(main.parent_path(), name))
      files.push_back(name);
  return files;
}

/// A MIRAX slide's files lie in the folder of its name.
std::vector<std::string> files_in_folder(const fs::path& main) {
  constexpr std::array keys{"INDEXFILE", "FILE_"};
  const auto folder = main.parent_path() / main.stem();
  for (auto& name : named_files(folder / "Slidedat.ini", keys))
    side_file(folder, name); // refuses what lies elsewhere
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator i{folder, error}; !error && i != fs::end(i);
       i.increment(error)) {
    if (fs::is_regular_file(i->symlink_status()))
      files.push_back((main.stem() / i->path().filename()).generic_string());
    if (files.size() > static_cast<size_t>(limits::max_files))
      throw failure{errc::unreadable, "the slide has too many files"};
  }
  return files;
}

/// OpenSlide knows VMS and VMU by how they begin, whatever their names.
bool is_index(const fs::path& main) {
  std::string head(std::string_view{"[Uncompressed Virtual"}.size(), '\0');
  std::ifstream{main, std::ios::binary}.read(head.data(), std::ssize(head));
  return head.starts_with("[Virtual Microscope") || head == "[Uncompressed Virtual";
}

} // namespace

std::vector<std::string> files_of_slide(const fs::path& main) {
  std::vector<std::string> files;
  if (is_index(main))
    files = files_beside(main);
  else if (main.extension() == ".mrxs")
    files = files_in_folder(main);
  std::sort(files.begin(), files.end());
  files.insert(files.begin(), main.filename().string());
  return files;
}

} // namespace troupe::formats
