#include "storage/formats/ome_zarr_files.hpp"

#include "storage/failure.hpp"
#include "storage/formats/limits.hpp"
#include "storage/text.hpp"

#include <algorithm>

namespace troupe::formats {
namespace {

namespace fs = std::filesystem;

constexpr int deepest_folder = 32;

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(fs::symlink_status(path, ignored));
}

} // namespace

std::string main_file_of_ome_zarr(const fs::path& folder) {
  for (auto name : {"zarr.json", ".zattrs", ".zgroup"})
    if (is_file(folder / name))
      return name;
  const auto beside =
    is_file(folder / "METADATA.ome.xml") && is_file(folder / "data.zarr" / ".zattrs");
  return beside ? "METADATA.ome.xml" : "";
}

std::string group_of_main_file(const std::string& main) {
  return main == "METADATA.ome.xml" ? "data.zarr" : "";
}

std::vector<std::string> files_of_ome_zarr(const fs::path& folder,
                                           const std::string& main) {
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator walk{folder, error};
  for (; !error && walk != fs::end(walk); walk.increment(error)) {
    if (walk.depth() >= deepest_folder)
      walk.disable_recursion_pending();
    if (!is_file(walk->path()))
      continue;
    if (files.size() >= static_cast<size_t>(limits::max_files))
      throw failure{errc::unreadable, "the folder has too many files"};
    auto name = walk->path().lexically_relative(folder).generic_string();
    if (name != main && is_utf8(name))
      files.push_back(std::move(name));
  }
  if (error)
    throw failure{errc::unreadable, "the folder cannot be listed: " + error.message()};
  std::sort(files.begin(), files.end());
  files.insert(files.begin(), main);
  return files;
}

} // namespace troupe::formats
