// Filesets that were imported before, opened for rendering: parsed once, shared by all
// threads.

#pragma once

#include "storage/formats/memo_folder.hpp"

#include <list>
#include <mutex>

namespace troupe::formats {

/// @throws failure{unreadable} "<file name>: changed since it was imported" when size or
///         time differ, failure{not_found} when the file is gone.
void check_unchanged(const image_source& source);

class library {
public:
  /// @param memos  where parsed structure outlives the process; empty = nowhere.
  explicit library(std::filesystem::path memos = {}, size_t capacity = 256)
    : memos_{std::move(memos)},
      capacity_{capacity} {}

  /// The fileset of an image, with the levels that were made for it as long as they are
  /// there. @throws as check_unchanged() and parse().
  fileset_ptr open(const image_source& source);
  /// Forgets a fileset, e.g. after a decoder failed on it.
  void drop(const std::string& path);
  size_t size() const;

private:
  struct entry {
    std::string key;  ///< the path, or the folder of a pyramid and which one it was
    std::string path; ///< of the main file
    fileset_ptr what;
  };
  fileset_ptr find(const std::string& key);
  fileset_ptr open_own(const std::string& path);
  void keep(entry e);
  fileset_ptr with_levels(const image_source& source, const fileset_ptr& own);

  memo_folder memos_;
  size_t capacity_;
  mutable std::mutex lock_;
  std::list<entry> entries_; // most recent first
};

} // namespace troupe::formats
