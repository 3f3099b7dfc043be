// Level tables of recently used windows: building one costs as much as drawing a tile.

#pragma once

#include "storage/render/quantise.hpp"

#include <list>
#include <memory>

namespace troupe::render {

/// The `capacity` tables used last. One per thread.
class level_cache {
public:
  explicit level_cache(size_t capacity = 24) : capacity_{capacity} {}
  std::shared_ptr<const level_table> get(const quantisation& q);
  size_t size() const { return entries_.size(); }

private:
  struct entry {
    quantisation key;
    std::shared_ptr<const level_table> table;
  };
  size_t capacity_;
  std::list<entry> entries_; // most recent first
};

} // namespace troupe::render
