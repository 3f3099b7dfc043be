#include "storage/formats/ome_layout.hpp"

namespace troupe::formats {

void spread_channels(const ome_image& from, series& to) {
  to.channels.clear();
  for (size_t i = 0; i < from.what.channels.size(); ++i)
    to.channels.insert(to.channels.end(), static_cast<size_t>(from.samples[i]),
                       from.what.channels[i]);
  // Some writers leave SamplesPerPixel out: one element per page then.
  const auto groups = from.what.channels.size();
  if (to.channels.size() != static_cast<size_t>(to.size.c) && groups > 0
      && static_cast<size_t>(to.size.c) % groups == 0) {
    to.channels.clear();
    for (auto& c : from.what.channels)
      to.channels.insert(to.channels.end(), static_cast<size_t>(to.size.c) / groups, c);
  }
  to.channels.resize(static_cast<size_t>(to.size.c));
  if (to.rgb)
    for (auto& c : to.channels)
      c.color.reset(); // red, green and blue are what they are
}

} // namespace troupe::formats
