#include "storage/render/reset.hpp"

#include "storage/failure.hpp"
#include "storage/render/range.hpp"

namespace troupe::render {

settings with_full_range(settings s, pixel_type type) {
  if (!is_integer(type))
    throw failure{errc::bad_request, "floating samples have no full range"};
  for (auto& c : s.channels)
    std::tie(c.start, c.end) = range_of(type);
  return s;
}

settings with_min_max(settings s, pixel_type type, int32_t significant_bits) {
  for (auto& c : s.channels)
    std::tie(c.start, c.end) = c.statistics.value_or(range_of(type, significant_bits));
  return s;
}

settings with_windows(settings s,
                      const std::vector<std::pair<int32_t, sample_range>>& windows) {
  for (auto& [index, window] : windows)
    for (auto& c : s.channels)
      if (c.index == index)
        std::tie(c.start, c.end) = window;
  return s;
}

settings pasted(const settings& copied, const settings& onto) {
  if (copied.channels.size() != onto.channels.size())
    throw failure{errc::bad_request, "settings fit images with as many channels: "
                                       + std::to_string(copied.channels.size()) + ", not "
                                       + std::to_string(onto.channels.size())};
  auto result = copied;
  for (size_t i = 0; i < result.channels.size(); ++i)
    result.channels[i].statistics = onto.channels[i].statistics;
  return result;
}

} // namespace troupe::render
