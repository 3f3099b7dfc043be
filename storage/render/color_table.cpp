#include "storage/render/color_table.hpp"

#include <algorithm>

namespace troupe::render {
namespace {

std::shared_ptr<const color_table> make_table(const quantisation& q, const tint& t) {
  const auto colors = colors_of(t);
  const auto levels = make_level_table(q);
  color_table table(levels.size());
  std::transform(levels.begin(), levels.end(), table.begin(),
                 [&](uint8_t level) { return colors[level]; });
  return std::make_shared<const color_table>(std::move(table));
}

} // namespace

std::array<packed_color, 256> colors_of(const tint& t) {
  const auto dim = static_cast<float>(t.color.alpha) / 255.0f;
  auto component = [&](uint8_t color, uint32_t level) {
    auto p = static_cast<int32_t>((color / 255.0) * level);
    if (t.color.alpha != 255)
      p = static_cast<int32_t>(static_cast<float>(p) * dim);
    return static_cast<uint32_t>(p);
  };
  std::array<packed_color, 256> colors{};
  for (uint32_t level = 0; level < colors.size(); ++level)
    colors[level] =
      t.grey ? pack(level, level, level)
             : pack(component(t.color.red, level), component(t.color.green, level),
                    component(t.color.blue, level));
  return colors;
}

std::shared_ptr<const color_table> color_tables::get(const quantisation& q,
                                                     const tint& t) {
  auto found = std::find_if(entries_.begin(), entries_.end(), [&](const entry& e) {
    return e.levels == q && e.colors == t;
  });
  if (found == entries_.end())
    entries_.push_front({q, t, make_table(q, t)});
  else
    entries_.splice(entries_.begin(), entries_, found);
  if (entries_.size() > capacity_)
    entries_.pop_back();
  return entries_.front().table;
}

} // namespace troupe::render
