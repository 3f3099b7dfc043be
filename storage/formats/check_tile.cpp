#include "storage/formats/check_tile.hpp"
#include "storage/failure.hpp"

namespace troupe::formats {

void check_tile(const tile& t, const region& part, const tiling& cut, pixel_type type) {
  const auto wanted = static_cast<size_t>(t.size.width)
                      * static_cast<size_t>(t.size.height)
                      * static_cast<size_t>(t.samples) * bytes_of(type);
  if (t.type != type || t.samples != cut.samples || t.size.width < part.width
      || t.size.height < part.height || t.bytes.size() < wanted)
    throw failure{errc::unreadable, "a tile has not the shape the file promises"};
}

} // namespace troupe::formats
