#include "storage/formats/reader_cache.hpp"

#include "storage/failure.hpp"

#include <algorithm>

namespace troupe::formats {

reader& reader_cache::open(const image_source& source) {
  auto found = std::find_if(entries_.begin(), entries_.end(),
                            [&](const entry& e) { return e.path == source.path; });
  if (found == entries_.end()) {
    entries_.push_front({source.path, open_source(source)});
  } else {
    try {
      check_unchanged(source);
    } catch (const failure&) {
      entries_.erase(found);
      throw;
    }
    entries_.splice(entries_.begin(), entries_, found);
  }
  trim();
  return *entries_.front().opened;
}

void reader_cache::drop(const std::string& path) {
  entries_.remove_if([&](const entry& e) { return e.path == path; });
}

void reader_cache::trim() {
  while (entries_.size() > std::max<size_t>(capacity_, 1))
    entries_.pop_back();
  int64_t held = 0;
  for (auto e = entries_.begin(); e != entries_.end();) {
    held += e->opened->held_bytes();
    if (held > memory_ && e != entries_.begin())
      e = entries_.erase(e);
    else
      ++e;
  }
}

} // namespace troupe::formats
