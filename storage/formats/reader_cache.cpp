#include "storage/formats/reader_cache.hpp"

#include "storage/failure.hpp"

#include <algorithm>

namespace troupe::formats {

fileset_ptr reader_cache::current(const image_source& source) {
  try {
    return shared_->filesets.open(source);
  } catch (const failure&) {
    drop(source.path);
    throw;
  }
}

fileset_reader& reader_cache::open(const image_source& source) {
  const auto set = current(source);
  auto found = std::find_if(entries_.begin(), entries_.end(), [&](const entry& e) {
    return e.path == source.path && e.derived == source.derived;
  });
  if (found != entries_.end() && &found->opened->set() != set.get()) {
    entries_.erase(found); // it was parsed anew
    found = entries_.end();
  }
  if (found == entries_.end())
    entries_.push_front({source.path, source.derived,
                         std::make_unique<fileset_reader>(set, &shared_->tiles)});
  else
    entries_.splice(entries_.begin(), entries_, found);
  while (entries_.size() > std::max<size_t>(capacity_, 1))
    entries_.pop_back();
  return *entries_.front().opened;
}

void reader_cache::drop(const std::string& path) {
  entries_.remove_if([&](const entry& e) { return e.path == path; });
  shared_->filesets.drop(path);
}

} // namespace troupe::formats
