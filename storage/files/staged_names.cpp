// Where the files of an import lie below its folder.

#include "storage/files/managed.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

namespace troupe {
namespace {

constexpr size_t longest_path =
  1024; // bytes; above it come the data folder and the prefix

std::vector<std::string> parts_of(const std::string& client_path) {
  std::vector<std::string> parts;
  for (size_t at = 0; at <= client_path.size();) {
    const auto end = std::min(client_path.find_first_of("/\\", at), client_path.size());
    const auto part = client_path.substr(at, end - at);
    if (!part.empty() && part != "." && part != "..")
      parts.push_back(part);
    at = end + 1;
  }
  if (parts.empty())
    parts.emplace_back(); // safe_file_name() knows a word for it
  return parts;
}

/// "cells (2).tif"
std::string numbered(const std::string& name, int number) {
  const auto dot = std::min(name.rfind('.'), name.size());
  const auto at = dot == 0 ? name.size() : dot;
  return fmt::format("{} ({}){}", name.substr(0, at), number, name.substr(at));
}

/// Gives each folder and each file of the clients one of its own.
class name_tree {
public:
  std::string place(const std::string& client_path) {
    const auto parts = parts_of(client_path);
    std::vector<std::string> safe;
    for (auto& p : parts)
      safe.push_back(safe_file_name(p));
    const auto last = parts.size() - 1, first = first_kept(safe);
    std::string folder, clients;
    for (size_t i = 0; i < last; ++i) {
      clients += parts[i] + "/";
      if (i < first)
        continue;
      auto& known = folders_[clients];
      if (known.empty())
        known = unique(folder, safe[i]) + "/";
      folder = known;
    }
    return unique(folder, safe[last]);
  }

private:
  /// Of a path that is too long, the folders at the top are left out.
  static size_t first_kept(const std::vector<std::string>& safe) {
    auto first = safe.size() - 1;
    auto size = safe[first].size();
    while (first > 0 && size + safe[first - 1].size() + 1 <= longest_path)
      size += safe[--first].size() + 1;
    return first;
  }

  std::string unique(const std::string& folder, const std::string& name) {
    auto& used = taken_[folder + name];
    if (used++ == 0)
      return folder + name;
    for (auto number = used;; ++number)
      if (auto other = folder + numbered(name, number); taken_.emplace(other, 1).second) {
        taken_[folder + name] = number;
        return other;
      }
  }

  std::unordered_map<std::string, std::string>
    folders_;                                  // client's -> ours, both with "/"
  std::unordered_map<std::string, int> taken_; // path -> how often it was wanted
};

} // namespace

std::vector<std::string> staged_names(const std::vector<std::string>& client_paths) {
  name_tree tree;
  std::vector<std::string> names;
  for (auto& path : client_paths)
    names.push_back(tree.place(path));
  return names;
}

} // namespace troupe
