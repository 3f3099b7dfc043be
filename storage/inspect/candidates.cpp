#include "storage/inspect/candidates.hpp"

#include "storage/natural_order.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace troupe {
namespace {

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

std::string name_of(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

bool marks_zarr(const std::string& name) {
  return name == ".zgroup" || name == ".zattrs" || name == ".zarray"
         || name == "zarr.json";
}

bool is_below_one_of(const std::set<std::string>& folders, const std::string& path) {
  if (folders.empty())
    return false;
  for (auto folder = path; !folder.empty();)
    if (folders.contains(folder = folder_of(folder)))
      return true;
  return false;
}

/// Topmost folders with Zarr metadata.
std::set<std::string> zarr_roots(const std::vector<std::string>& paths) {
  std::set<std::string> marked, roots;
  for (auto& path : paths)
    if (marks_zarr(name_of(path)))
      marked.insert(folder_of(path));
  for (auto& folder : marked) // a folder comes before what lies in it
    if (folder.empty() || !is_below_one_of(roots, folder))
      roots.insert(folder);
  return roots;
}

/// The older bioformats2raw wrote a Zarr group beside its metadata: both are one thing.
std::set<std::string> with_metadata_beside(std::set<std::string> roots,
                                           const std::vector<std::string>& paths) {
  for (auto& path : paths) {
    if (name_of(path) != "METADATA.ome.xml")
      continue;
    const auto folder = folder_of(path);
    const auto data = folder.empty() ? "data.zarr" : folder + "/data.zarr";
    if (roots.erase(data) == 1)
      roots.insert(folder);
  }
  return roots;
}

/// 0 for what describes other files, 1 for XML that may, 2 for the rest.
int rank_of(const std::string& path) {
  std::string name = name_of(path);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  if (name.ends_with(".companion.ome"))
    return 0;
  return name.ends_with(".xml") || name.ends_with(".ome") ? 1 : 2;
}

} // namespace

bool lies_in(const std::string& path, const std::string& folder) {
  return folder.empty() || path == folder
         || (path.starts_with(folder) && path[folder.size()] == '/');
}

std::vector<std::string> candidates_among(const std::vector<std::string>& paths) {
  const auto roots = with_metadata_beside(zarr_roots(paths), paths);
  std::array<std::vector<std::string>, 3> files;
  for (auto& path : paths)
    if (!is_below_one_of(roots, path))
      files[static_cast<size_t>(rank_of(path))].push_back(path);
  std::vector<std::string> all(roots.begin(), roots.end());
  std::sort(all.begin(), all.end(), natural_less);
  for (auto& some : files) {
    std::sort(some.begin(), some.end(), natural_less);
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

} // namespace troupe
