// Keeps what was used last, up to a number of bytes.

#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <unordered_map>

namespace troupe {

template <class Value>
class byte_cache {
public:
  explicit byte_cache(int64_t limit) : limit_{limit} {}

  /// @returns null when absent.
  const Value* find(const std::string& key) {
    auto i = index_.find(key);
    if (i == index_.end()) {
      ++misses;
      return nullptr;
    }
    ++hits;
    entries_.splice(entries_.begin(), entries_, i->second);
    return &i->second->value;
  }

  void keep(const std::string& key, Value value, int64_t size) {
    if (size > limit_ || index_.contains(key))
      return;
    entries_.push_front({key, std::move(value), size});
    index_[key] = entries_.begin();
    bytes += size;
    while (bytes > limit_) {
      bytes -= entries_.back().size;
      index_.erase(entries_.back().key);
      entries_.pop_back();
    }
  }

  int64_t entries() const { return static_cast<int64_t>(index_.size()); }
  int64_t hits = 0, misses = 0, bytes = 0;

private:
  struct entry {
    std::string key;
    Value value;
    int64_t size;
  };
  std::list<entry> entries_; ///< most recently used first
  std::unordered_map<std::string, typename std::list<entry>::iterator> index_;
  int64_t limit_;
};

} // namespace troupe
