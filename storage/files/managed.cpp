#include "storage/files/managed.hpp"

#include "storage/files/descriptor.hpp"
#include "storage/files/fault_point.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace troupe {
namespace {

namespace fs = std::filesystem;

failure unavailable(const fs::path& path, const std::string& reason) {
  return {errc::unavailable, path.string() + ": " + reason};
}

void make_folders(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    throw unavailable(folder, error.message());
}

void remove_tree(const fs::path& folder) {
  std::error_code error;
  fs::remove_all(folder, error);
  if (error)
    throw unavailable(folder, error.message());
}

void rename_within(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error)
    throw unavailable(from, error.message());
}

/// Contents on disk first, then read-only for good.
void seal(const fs::path& file) {
  const auto opened = open_for_reading(file);
  if (::fchmod(opened.get(), 0440) != 0 || ::fsync(opened.get()) != 0)
    throw unavailable(file, reason_of(errno));
}

/// "cells.tif" or "3/cells.tif", never a way out of the folder.
void require_inside(const fs::path& name) {
  for (const auto& part : name)
    if (name.is_absolute() || part == ".." || part == "." || part.empty())
      throw failure{errc::internal,
                    "file names of an import must stay inside its folder"};
}

/// A folder holds at most a thousand others.
std::string spread(const char* kind, int64_t number) {
  const auto id = fmt::format("{:09}", number);
  return fmt::format("{}/{}/{}/{}", kind, id.substr(0, id.size() - 6),
                     id.substr(id.size() - 6, 3), id);
}

void try_writing(const fs::path& folder) {
  const auto probe = folder / fmt::format(".writable-{}", ::getpid());
  descriptor made{::open(probe.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)};
  if (!made)
    throw unavailable(folder, reason_of(errno));
  ::unlink(probe.c_str());
}

} // namespace

managed_directory::managed_directory(fs::path data)
  : root_{fs::absolute(std::move(data))} {
  for (auto folder : {"originals", "staging", "cache"}) {
    make_folders(root_ / folder);
    // The data folder itself may have to let the database's user through.
    std::error_code ignored;
    fs::permissions(root_ / folder, fs::perms::owner_all, ignored);
  }
}

fs::path managed_directory::staging(int64_t import) const {
  return root_ / "staging" / std::to_string(import);
}

fs::path managed_directory::staged_file(int64_t import, int32_t index) const {
  return staging(import) / std::to_string(index);
}

std::string managed_directory::original_prefix(int64_t import) {
  return spread("originals", import);
}

std::string managed_directory::derived_folder(int64_t image) {
  return spread("cache/derived", image);
}

fs::path managed_directory::absolute(const std::string& relative) const {
  return root_ / relative;
}

fs::path managed_directory::cache(const std::string& kind) const {
  return root_ / "cache" / kind;
}

void managed_directory::discard_staging(int64_t import) const {
  remove_tree(staging(import));
}

void managed_directory::place(int64_t import,
                              const std::vector<std::string>& names) const {
  const auto target = absolute(original_prefix(import));
  const auto gathered = staging(import) / "files";
  if (!fs::exists(target)) {
    make_folders(gathered);
    for (size_t i = 0; i < names.size(); ++i) {
      if (names[i].empty())
        continue; // refused: discarded with the staging folder
      const auto file = gathered / names[i];
      require_inside(names[i]);
      if (std::count(names.begin(), names.end(), names[i]) != 1)
        throw failure{errc::internal, "file names of an import must be different"};
      make_folders(file.parent_path());
      if (!fs::exists(file)) {
        rename_within(staged_file(import, static_cast<int32_t>(i)), file);
        fault_point("place.moved");
      }
      seal(file);
      sync_folder(file.parent_path());
    }
    sync_folder(gathered);
    fault_point("place.gathered");
    make_folders(target.parent_path());
    sync_folder(target.parent_path().parent_path());
    rename_within(gathered, target);
    fault_point("place.renamed");
  }
  sync_folder(target.parent_path());
  discard_staging(import);
  sync_folder(root_ / "staging");
  fault_point("place.done");
}

void managed_directory::withdraw(int64_t import) const {
  const auto target = absolute(original_prefix(import));
  remove_tree(target);
  if (fs::exists(target.parent_path()))
    sync_folder(target.parent_path());
}

void managed_directory::check_writable() const {
  for (auto folder : {"originals", "staging", "cache"})
    try_writing(root_ / folder);
}

} // namespace troupe
