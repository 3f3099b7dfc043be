// The region of an image request.

#include "http/open/iiif/geometry.hpp"
#include "http/open/numbers.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace troupe::http::iiif {

namespace {

[[noreturn]] void refuse_region(std::string_view text, const std::string& why) {
  throw failure{errc::bad_request,
                fmt::format("the region \"{}\" {}", text.substr(0, 80), why)};
}

region square_of(extent image) {
  const auto side = std::min(image.width, image.height);
  return {(image.width - side) / 2, (image.height - side) / 2, side, side};
}

/// Four numbers of pixels, or of hundredths of the image.
template <class Number, class Parse>
std::array<Number, 4> four_numbers(std::string_view whole, std::string_view list,
                                   Parse parse) {
  const auto parts = split_at_commas(list);
  std::array<Number, 4> out{};
  if (parts.size() != out.size())
    refuse_region(whole, "must be full, square, x,y,w,h or pct:x,y,w,h");
  for (size_t i = 0; i < out.size(); ++i) {
    const auto n = parse(parts[i]);
    if (!n)
      refuse_region(whole, "has a number that cannot be read");
    out[i] = *n;
  }
  return out;
}

/// Hundredths beyond all of it are cut later.
int32_t hundredths(double share, int32_t of) {
  return static_cast<int32_t>(std::lround(std::min(share, 100.0) / 100 * of));
}

region percent_of(std::string_view text, extent image) {
  const auto [x, y, width, height] =
    four_numbers<double>(text, text.substr(4), plain_decimal);
  if (width <= 0 || height <= 0)
    refuse_region(text, "has no pixels");
  return {hundredths(x, image.width), hundredths(y, image.height),
          std::max(1, hundredths(width, image.width)),
          std::max(1, hundredths(height, image.height))};
}

region pixels_of(std::string_view text) {
  const auto [x, y, width, height] = four_numbers<int32_t>(text, text, plain_number);
  return {x, y, width, height};
}

} // namespace

region region_of(std::string_view text, extent image) {
  if (text == "full")
    return {0, 0, image.width, image.height};
  if (text == "square")
    return square_of(image);
  auto r = text.starts_with("pct:") ? percent_of(text, image) : pixels_of(text);
  if (r.width == 0 || r.height == 0)
    refuse_region(text, "has no pixels");
  if (r.x >= image.width || r.y >= image.height)
    refuse_region(
      text, fmt::format("is outside of the {} x {} pixels", image.width, image.height));
  r.width = std::min(r.width, image.width - r.x);
  r.height = std::min(r.height, image.height - r.y);
  return r;
}

std::string canonical_region(const region& where, extent image) {
  if (where == region{0, 0, image.width, image.height})
    return "full";
  return fmt::format("{},{},{},{}", where.x, where.y, where.width, where.height);
}

} // namespace troupe::http::iiif
