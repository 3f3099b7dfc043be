#include "storage/render/codomain.hpp"

#include "storage/failure.hpp"

#include <bit>

namespace troupe::render {

void check(const quantum& q) {
  if (q.resolution < 1 || q.resolution > 255
      || !std::has_single_bit(static_cast<uint32_t>(q.resolution) + 1))
    throw failure{errc::bad_request, "the bit resolution must be 1, 3, 7 ... 255"};
  if (q.start < 0 || q.end > 255 || q.start >= q.end)
    throw failure{errc::bad_request, "the codomain must be an interval inside 0..255"};
}

} // namespace troupe::render
