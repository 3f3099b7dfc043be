#include "storage/formats/library.hpp"

#include "storage/derive/pyramid_fileset.hpp"
#include "storage/failure.hpp"
#include "storage/files/descriptor.hpp"
#include "storage/formats/format.hpp"

#include <algorithm>
#include <cerrno>
#include <sys/stat.h>

namespace troupe::formats {

void check_unchanged(const image_source& source) {
  const std::filesystem::path file{source.path};
  const auto opened = open_for_reading(file);
  struct stat now {};
  if (::fstat(opened.get(), &now) != 0)
    throw failure{errc::unreadable, file.filename().string() + ": " + reason_of(errno)};
  const auto modified = now.st_mtim.tv_sec * 1'000'000'000 + now.st_mtim.tv_nsec;
  if (now.st_size != source.bytes
      || (source.modified_ns != 0 && modified != source.modified_ns))
    throw failure{errc::unreadable,
                  file.filename().string() + ": changed since it was imported"};
}

fileset_ptr library::find(const std::string& key) {
  const std::lock_guard lock{lock_};
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const entry& e) { return e.key == key; });
  if (found == entries_.end())
    return nullptr;
  entries_.splice(entries_.begin(), entries_, found);
  return found->what;
}

fileset_ptr library::open(const image_source& source) {
  check_unchanged(source);
  const auto own = open_own(source.path);
  return source.derived.empty() ? own : with_levels(source, own);
}

fileset_ptr library::open_own(const std::string& path) {
  if (auto known = find(path))
    return known;
  // Two threads may parse the same: the second one's is dropped.
  auto parsed = memos_.open(format_of(path), path);
  keep({path, path, parsed});
  return parsed;
}

void library::keep(entry e) {
  const std::lock_guard lock{lock_};
  entries_.push_front(std::move(e));
  while (entries_.size() > std::max<size_t>(capacity_, 1))
    entries_.pop_back();
}

fileset_ptr library::with_levels(const image_source& source, const fileset_ptr& own) {
  const auto which = derive::identity(source.derived);
  if (!which)
    return own;
  const auto key = source.derived + *which;
  if (auto known = find(key))
    return known;
  const auto set = derive::with_pyramid(own, source.path, source.series, source.derived);
  if (!set)
    return own;
  keep({key, source.path, set});
  return set;
}

void library::drop(const std::string& path) {
  const std::lock_guard lock{lock_};
  entries_.remove_if([&](const entry& e) { return e.path == path; });
}

size_t library::size() const {
  const std::lock_guard lock{lock_};
  return entries_.size();
}

} // namespace troupe::formats
