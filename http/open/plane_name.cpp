#include "http/open/plane_name.hpp"

#include "actors/grant_checks.hpp"
#include "http/arguments.hpp"
#include "http/open/numbers.hpp"

#include <fmt/format.h>

namespace troupe::http {

plane_name plane_named(std::string_view text) {
  const auto parts = split_at_commas(text);
  const auto image = plain_id(parts[0]);
  if (image && parts.size() == 1)
    return {*image, {}, {}};
  if (parts.size() == 3) {
    const auto z = plain_number(parts[1]), t = plain_number(parts[2]);
    if (image && z && t)
      return {*image, z, t};
  }
  throw failure{errc::not_found,
                fmt::format("no image is called \"{}\"; images are like 7, planes of "
                            "them like 7,2,0",
                            text.substr(0, 80))};
}

plane_name plane_named(std::string_view text, const web_request& in) {
  auto out = plane_named(text);
  if (!out.z)
    return {out.image, number(in, "z"), number(in, "t")};
  return out;
}

plane_index plane_shown(const plane_name& name, const image_grant& g) {
  check_usable(g);
  return plane_of(g, name.z, name.t);
}

} // namespace troupe::http
