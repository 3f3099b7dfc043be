// The size of an image request.

#include "http/open/iiif/geometry.hpp"
#include "http/open/numbers.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace troupe::http::iiif {

namespace {

/// What a size is worked out from.
struct sizing {
  std::string_view text;
  extent where;
  size_limits most;
  bool may_enlarge = false;
};

[[noreturn]] void refuse_size(const sizing& s, const std::string& why) {
  throw failure{errc::bad_request,
                fmt::format("the size \"{}\" {}", s.text.substr(0, 80), why)};
}

int32_t side_of(const sizing& s, std::string_view text) {
  const auto n = plain_number(text);
  if (!n || *n == 0)
    refuse_size(s, "needs whole numbers from 1");
  return *n;
}

int32_t rounded(double length) {
  return std::max(1, static_cast<int32_t>(std::lround(std::min(length, 1e9))));
}

extent times(extent size, double factor) {
  return {rounded(size.width * factor), rounded(size.height * factor)};
}

/// By how much the region grows, or shrinks, to be as large as a picture may be.
double most_of(const sizing& s) {
  const auto width = s.where.width, height = s.where.height;
  const auto by_side = static_cast<double>(s.most.side) / std::max(width, height);
  const auto by_area =
    std::sqrt(static_cast<double>(s.most.area) / (int64_t{width} * height));
  return std::min(by_side, by_area);
}

/// A size that is no larger than limits allow, whichever way it was rounded.
extent within_area(extent size, const size_limits& most) {
  auto& longer = size.width > size.height ? size.width : size.height;
  const auto shorter = std::min(size.width, size.height);
  longer = std::min(longer, static_cast<int32_t>(std::min<int64_t>(
                              most.side, most.area / std::max(1, shorter))));
  return size;
}

extent largest(const sizing& s) {
  const auto factor = most_of(s);
  if (factor >= 1 && !s.may_enlarge)
    return s.where;
  return within_area(times(s.where, factor), s.most);
}

extent best_fit(const sizing& s, std::string_view box) {
  const auto sides = split_at_commas(box);
  if (sides.size() != 2)
    refuse_size(s, "needs a width and a height after the !");
  const auto width = side_of(s, sides[0]), height = side_of(s, sides[1]);
  auto factor = std::min({static_cast<double>(width) / s.where.width,
                          static_cast<double>(height) / s.where.height, most_of(s)});
  if (!s.may_enlarge)
    factor = std::min(factor, 1.0);
  auto fit = times(s.where, factor);
  return within_area({std::min(fit.width, width), std::min(fit.height, height)}, s.most);
}

extent percent_of(const sizing& s, std::string_view text) {
  const auto n = plain_decimal(text);
  if (!n || *n <= 0)
    refuse_size(s, "needs a number above 0 after pct:");
  return times(s.where, *n / 100);
}

extent by_sides(const sizing& s, std::string_view text) {
  const auto sides = split_at_commas(text);
  if (sides.size() != 2 || (sides[0].empty() && sides[1].empty()))
    refuse_size(s, "is none of those there are");
  const auto [width, height] = s.where;
  if (sides[1].empty()) {
    const auto w = side_of(s, sides[0]);
    return {w, rounded(static_cast<double>(height) * w / width)};
  }
  const auto h = side_of(s, sides[1]);
  if (sides[0].empty())
    return {rounded(static_cast<double>(width) * h / height), h};
  return {side_of(s, sides[0]), h};
}

extent unlimited_size(const sizing& s, std::string_view form, version v) {
  if (form == "full" && v == version::two)
    return s.where;
  if (form.starts_with("pct:"))
    return percent_of(s, form.substr(4));
  return by_sides(s, form);
}

void check_size(const sizing& s, extent size) {
  if (!s.may_enlarge && (size.width > s.where.width || size.height > s.where.height))
    refuse_size(s, fmt::format("is larger than the region, which has {} x {} pixels",
                               s.where.width, s.where.height));
  if (size.width > s.most.side || size.height > s.most.side
      || int64_t{size.width} * size.height > s.most.area)
    refuse_size(
      s, fmt::format("is more than one picture has: {} pixels, and {} in one direction",
                     s.most.area, s.most.side));
}

} // namespace

extent size_of(std::string_view text, extent where, const size_limits& most, version v) {
  sizing s{text, where, most};
  auto form = text;
  if (v == version::three && form.starts_with('^')) {
    s.may_enlarge = true;
    form.remove_prefix(1);
  }
  if (form == "max")
    return largest(s);
  if (v == version::two)
    s.may_enlarge = true;
  if (form.starts_with('!'))
    return best_fit(s, form.substr(1));
  const auto size = unlimited_size(s, form, v);
  check_size(s, size);
  return size;
}

std::string canonical_size(extent size, extent where, const size_limits& most,
                           version v) {
  const auto enlarged = size.width > where.width || size.height > where.height;
  if (v == version::three) {
    if (size == largest({"max", where, most}))
      return "max";
    return fmt::format("{}{},{}", enlarged ? "^" : "", size.width, size.height);
  }
  if (size == where)
    return "full";
  if (size == size_of(fmt::format("{},", size.width), where, {INT32_MAX, INT64_MAX}, v))
    return fmt::format("{},", size.width);
  return fmt::format("{},{}", size.width, size.height);
}

} // namespace troupe::http::iiif
