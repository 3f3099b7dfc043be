// Filesets that were imported before, opened for rendering: parsed once, shared by all
// threads.

#pragma once

#include "storage/formats/fileset.hpp"

#include <list>
#include <mutex>

namespace troupe::formats {

/// @throws failure{unreadable} "<file name>: changed since it was imported" when size or
///         time differ, failure{not_found} when the file is gone.
void check_unchanged(const image_source& source);

class library {
public:
  explicit library(size_t capacity = 256) : capacity_{capacity} {}

  /// The fileset of an image. @throws as check_unchanged() and parse().
  fileset_ptr open(const image_source& source);
  /// Forgets a fileset, e.g. after a decoder failed on it.
  void drop(const std::string& path);
  size_t size() const;

private:
  struct entry {
    std::string path;
    fileset_ptr what;
  };
  fileset_ptr find(const std::string& path);

  size_t capacity_;
  mutable std::mutex lock_;
  std::list<entry> entries_; // most recent first
};

} // namespace troupe::formats
