// The rotation of an image request.

#include "http/open/iiif/geometry.hpp"
#include "http/open/numbers.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

#include <cmath>

namespace troupe::http::iiif {

rotation rotation_of(std::string_view text) {
  auto angle = text;
  rotation out;
  if (angle.starts_with('!')) {
    out.mirrored = true;
    angle.remove_prefix(1);
  }
  const auto degrees = plain_decimal(angle);
  if (!degrees || *degrees > 360 || std::fmod(*degrees, 90) != 0)
    throw failure{
      errc::bad_request,
      fmt::format("the rotation \"{}\" is not 0, 90, 180 or 270, with ! for mirrored",
                  text.substr(0, 80))};
  out.quarter_turns = static_cast<int32_t>(*degrees / 90) % 4;
  return out;
}

std::string canonical_rotation(const rotation& r) {
  return fmt::format("{}{}", r.mirrored ? "!" : "", r.quarter_turns * 90);
}

} // namespace troupe::http::iiif
