#include "storage/export/archive_names.hpp"

#include "storage/files/managed.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

namespace troupe::exports {
namespace {

/// Paths that are taken, as a disk without upper and lower case sees them.
class taken_paths {
public:
  /// @returns whether a file may have this path: neither it nor a folder above it is a
  /// file already, and it is no folder.
  bool is_free(const std::string& path) const {
    const auto key = lower(path);
    if (kinds_.contains(key))
      return false;
    for (auto slash = key.find('/'); slash != key.npos; slash = key.find('/', slash + 1))
      if (const auto above = kinds_.find(key.substr(0, slash));
          above != kinds_.end() && !above->second)
        return false;
    return true;
  }
  void take(const std::string& path) {
    const auto key = lower(path);
    kinds_[key] = false;
    for (auto slash = key.find('/'); slash != key.npos; slash = key.find('/', slash + 1))
      kinds_.try_emplace(key.substr(0, slash), true);
  }

private:
  static std::string lower(std::string path) {
    std::transform(path.begin(), path.end(), path.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    return path;
  }

  std::unordered_map<std::string, bool> kinds_; ///< whether it is a folder
};

std::string safe_path(const std::string& name) {
  std::string path;
  for (size_t at = 0; at <= name.size();) {
    const auto end = std::min(name.find('/', at), name.size());
    if (end > at)
      path += (path.empty() ? "" : "/") + safe_part(name.substr(at, end - at));
    at = end + 1;
  }
  return path.empty() ? "unnamed" : path;
}

std::string inside(const std::string& folder, const std::string& path) {
  return folder.empty() ? path : folder + '/' + path;
}

/// "a.tif" for the second time: "a (2).tif".
std::string numbered(const std::string& path, int number) {
  const auto slash = path.rfind('/');
  auto dot = path.rfind('.');
  if (dot == path.npos || (slash != path.npos && dot < slash))
    dot = path.size();
  return fmt::format("{} ({}){}", path.substr(0, dot), number, path.substr(dot));
}

using iterator = std::vector<archive_member>::const_iterator;

bool all_free(iterator first, iterator last, const std::string& folder,
              const taken_paths& taken) {
  return std::all_of(first, last, [&](const archive_member& m) {
    return taken.is_free(inside(folder, safe_path(m.name)));
  });
}

/// The members of one fileset.
void place(iterator first, iterator last, taken_paths& taken,
           std::vector<std::string>& names) {
  const auto home = first->folder.empty() ? "" : safe_part(first->folder);
  auto folder = home;
  for (int n = 2; !all_free(first, last, folder, taken); ++n)
    folder = inside(home, std::to_string(n));
  for (; first != last; ++first) {
    const auto wanted = inside(folder, safe_path(first->name));
    auto path = wanted;
    for (int n = 2; !taken.is_free(path); ++n) // two of one fileset, made safe
      path = numbered(wanted, n);
    taken.take(path);
    names.push_back(std::move(path));
  }
}

} // namespace

std::string safe_part(std::string text) {
  std::replace_if(
    text.begin(), text.end(), [](char c) { return c == '/' || c == '\\'; }, '_');
  return safe_file_name(text);
}

std::vector<std::string> archive_names(const std::vector<archive_member>& members) {
  taken_paths taken;
  std::vector<std::string> names;
  for (auto first = members.begin(); first != members.end();) {
    const auto last = std::find_if(first, members.end(), [&](const archive_member& m) {
      return m.fileset != first->fileset;
    });
    place(first, last, taken, names);
    first = last;
  }
  return names;
}

} // namespace troupe::exports
