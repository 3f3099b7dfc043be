#include "http/commands/import_selection.hpp"

#include "storage/files/managed.hpp"
#include "storage/formats/format.hpp"
#include "storage/inspect/grouping.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace troupe::http {

namespace {

namespace fs = std::filesystem;

/// Paths by the folder they are relative to. What was named is not passed over silently.
struct found_files {
  std::map<fs::path, std::vector<std::string>> below;
  std::set<fs::path> named;
};

/// "images/" and "images" are the same folder, "." is its name.
fs::path tidy(const std::string& given) {
  auto path = fs::path{given}.lexically_normal();
  if (!path.has_filename())
    path = path.parent_path();
  return path.empty() || path == "." ? fs::current_path() : path;
}

void walk(const fs::path& root, found_files& found) {
  const auto parent = root.parent_path();
  auto& names = found.below[parent];
  std::error_code error;
  for (auto& e : fs::recursive_directory_iterator{
         root, fs::directory_options::skip_permission_denied})
    if (e.is_regular_file(error) && !is_clutter(e.path()))
      names.push_back(e.path().lexically_relative(parent).string());
}

found_files files_of(const std::vector<std::string>& paths, selection& out) {
  found_files found;
  std::error_code error;
  for (auto& given : paths) {
    const auto path = tidy(given);
    if (fs::is_directory(path, error)) {
      walk(path, found);
    } else if (fs::is_regular_file(path, error)) {
      found.below[path.parent_path()].push_back(path.filename().string());
      found.named.insert(path);
    } else {
      out.refused.emplace_back(given, "no such file");
    }
  }
  return found;
}

parcel parcel_of(const fs::path& parent, const found_set& set) {
  const auto folder = parent / set.folder;
  parcel out{set.is_folder ? folder : parent / set.listed.front(), {}};
  std::error_code absent; // a set may do without some
  for (auto& name : set.files)
    if (const auto bytes = fs::file_size(folder / name, absent); !absent)
      out.parts.push_back({folder / name,
                           set.folder.empty() ? name : set.folder + "/" + name,
                           static_cast<int64_t>(bytes)});
  return out;
}

void sort_out(const fs::path& parent, std::vector<std::string> names,
              const std::set<fs::path>& named, selection& out) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  grouping groups{std::move(names)};
  groups.run(
    [&](const std::string& candidate) {
      return inspection{formats::parse(parent / candidate)->describe(), {}, {}};
    },
    [](double) {});
  for (auto& set : groups.sets)
    out.parcels.push_back(parcel_of(parent, set));
  for (auto& r : groups.refusals) {
    const auto path = parent / r.listed.front();
    auto& list = r.skipped && !named.contains(path) ? out.skipped : out.refused;
    list.emplace_back(path.string(), r.reason);
  }
}

} // namespace

int64_t parcel::bytes() const {
  int64_t n = 0;
  for (auto& p : parts)
    n += p.bytes;
  return n;
}

selection select_images(const std::vector<std::string>& paths) {
  selection out;
  const auto found = files_of(paths, out);
  for (auto& [parent, names] : found.below)
    sort_out(parent, names, found.named, out);
  return out;
}

} // namespace troupe::http
