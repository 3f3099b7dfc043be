#include "storage/formats/library.hpp"

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

fileset_ptr library::find(const std::string& path) {
  const std::lock_guard lock{lock_};
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const entry& e) { return e.path == path; });
  if (found == entries_.end())
    return nullptr;
  entries_.splice(entries_.begin(), entries_, found);
  return found->what;
}

fileset_ptr library::open(const image_source& source) {
  check_unchanged(source);
  if (auto known = find(source.path))
    return known;
  auto parsed = parse(source.path); // two threads may: the second one's is dropped
  const std::lock_guard lock{lock_};
  entries_.push_front({source.path, parsed});
  while (entries_.size() > std::max<size_t>(capacity_, 1))
    entries_.pop_back();
  return parsed;
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
