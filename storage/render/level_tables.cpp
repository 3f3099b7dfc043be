#include "storage/render/level_tables.hpp"

#include <algorithm>

namespace troupe::render {

std::shared_ptr<const level_table> level_tables::get(const quantisation& q) {
  auto found = std::ranges::find(entries_, q, &entry::levels);
  if (found == entries_.end())
    entries_.push_front({q, std::make_shared<const level_table>(make_level_table(q))});
  else
    entries_.splice(entries_.begin(), entries_, found);
  if (entries_.size() > capacity_)
    entries_.pop_back();
  return entries_.front().table;
}

} // namespace troupe::render
