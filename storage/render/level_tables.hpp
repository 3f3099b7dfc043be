// Tables of levels that were used before.

#pragma once

#include "storage/render/quantise.hpp"

#include <list>
#include <memory>

namespace troupe::render {

/// The `capacity` tables used last: building one of a curved 16-bit window costs more
/// than drawing a tile.
class level_tables {
public:
  explicit level_tables(size_t capacity = 128) : capacity_{capacity} {}
  std::shared_ptr<const level_table> get(const quantisation& q);
  size_t size() const { return entries_.size(); }

private:
  struct entry {
    quantisation levels;
    std::shared_ptr<const level_table> table;
  };
  size_t capacity_;
  std::list<entry> entries_; // most recent first
};

} // namespace troupe::render
