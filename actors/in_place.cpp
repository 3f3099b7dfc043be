// Files that are registered where they are.

#include "actors/import_run.hpp"

#include <algorithm>

namespace troupe {

namespace {

namespace fs = std::filesystem;

import_file file_at(const fs::path& real) {
  return {.path = real.string(), .bytes = static_cast<int64_t>(fs::file_size(real))};
}

/// In a folder that may be read, what is not there to be read is passed over.
void add_folder(const fs::path& folder, std::vector<import_file>& to) {
  std::error_code error;
  for (fs::recursive_directory_iterator i{folder, error}, end; i != end;
       i.increment(error)) {
    if (error)
      throw failure{errc::unreadable, folder.string() + ": " + error.message()};
    if (!i->is_symlink() && i->is_regular_file() && !is_clutter(i->path()))
      to.push_back(file_at(i->path()));
  }
}

} // namespace

fs::path in_place_path(const std::string& path, const configuration& config) {
  std::error_code error;
  auto real = fs::canonical(path, error);
  if (error || !fs::path{path}.is_absolute())
    throw failure{errc::not_found, "no such file on the server: " + path};
  auto below = [&](const fs::path& root) {
    auto at = fs::canonical(root, error);
    if (error)
      return false;
    auto [at_root, at_file] =
      std::mismatch(at.begin(), at.end(), real.begin(), real.end());
    return at_root == at.end() && at_file != real.end();
  };
  if (std::none_of(config.in_place_roots.begin(), config.in_place_roots.end(), below))
    throw failure{errc::denied,
                  path + ": not below one of the configured in-place folders"};
  return real;
}

std::vector<import_file> in_place_files(const std::vector<import_file>& named,
                                        const configuration& config) {
  std::vector<import_file> found;
  for (auto& f : named) {
    const auto real = in_place_path(f.path, config);
    if (fs::is_directory(real))
      add_folder(real, found);
    else if (fs::is_regular_file(real))
      found.push_back(file_at(real));
    else
      throw failure{errc::bad_request, f.path + ": not a regular file"};
  }
  if (found.empty() && !named.empty())
    throw failure{errc::bad_request, named.front().path + ": an empty folder"};
  std::sort(found.begin(), found.end(), [](auto& a, auto& b) { return a.path < b.path; });
  found.erase(std::unique(found.begin(), found.end(),
                          [](auto& a, auto& b) { return a.path == b.path; }),
              found.end());
  return found;
}

} // namespace troupe
