#include "storage/files/managed.hpp"

#include "storage/files/descriptor.hpp"
#include "storage/files/fault_point.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>
#include <unordered_set>

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

void make_read_only(const fs::path& file) {
  if (::chmod(file.c_str(), 0440) != 0)
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

/// Files and the folders they are in. One by one that costs a disk's turn each; a whole
/// file system waits for other people's bytes too.
void sync_files(const fs::path& root, const std::vector<std::string>& names) {
  constexpr size_t few = 64;
  const auto opened = open_for_reading(root);
  if (names.size() > few) {
    if (::syncfs(opened.get()) != 0)
      throw unavailable(root, reason_of(errno));
    return;
  }
  std::set<fs::path> folders{root};
  for (auto& name : names) {
    const auto file = open_for_reading(root / name);
    if (::fsync(file.get()) != 0)
      throw unavailable(root / name, reason_of(errno));
    for (auto folder = fs::path{name}.parent_path(); !folder.empty();
         folder = folder.parent_path())
      folders.insert(root / folder);
  }
  for (auto& folder : folders)
    sync_folder(folder);
}

/// Removes what is not named, and folders that are empty then.
void keep_only(const fs::path& root, const std::vector<std::string>& names) {
  const std::unordered_set<std::string> wanted(names.begin(), names.end());
  std::vector<fs::path> unwanted, folders;
  std::error_code error;
  for (fs::recursive_directory_iterator i{root, error}, end; i != end; i.increment(error))
    if (i->is_directory())
      folders.push_back(i->path());
    else if (!wanted.contains(i->path().lexically_relative(root).string()))
      unwanted.push_back(i->path());
  if (error)
    throw unavailable(root, error.message());
  for (auto& file : unwanted) {
    remove_tree(file);
    fault_point("place.discarded");
  }
  std::error_code ignored; // they are not all empty
  for (auto i = folders.rbegin(); i != folders.rend(); ++i)
    fs::remove(*i, ignored);
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

fs::path managed_directory::staged_files(int64_t import) const {
  return staging(import) / "files";
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

void managed_directory::sync_staged(int64_t import,
                                    const std::vector<std::string>& names) const {
  sync_files(staged_files(import), names);
}

void managed_directory::place(int64_t import,
                              const std::vector<std::string>& names) const {
  const auto target = absolute(original_prefix(import));
  const auto staged = staged_files(import);
  if (!fs::exists(target)) {
    for (auto& name : names)
      require_inside(name);
    keep_only(staged, names);
    for (auto& name : names)
      make_read_only(staged / name);
    fault_point("place.sealed");
    sync_files(staged, names);
    make_folders(target.parent_path());
    sync_folder(target.parent_path().parent_path());
    rename_within(staged, target);
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
