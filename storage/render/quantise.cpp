#include "storage/render/quantise.hpp"

#include "storage/failure.hpp"
#include "storage/render/draw.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace troupe::render {
namespace {

bool is_integer(pixel_type type) {
  return type <= pixel_type::uint32;
}

double round_half_up(double v) {
  return std::isnan(v) ? 0 : std::floor(v + 0.5);
}

void check(const quantisation& q) {
  if (!(q.coefficient > 0))
    throw failure{errc::bad_request, "the coefficient of a channel must be above 0"};
  if (q.curve > family::logarithmic)
    throw failure{errc::bad_request, "unknown family"};
  if (q.bit_resolution < 1 || q.bit_resolution > 255
      || !std::has_single_bit(static_cast<uint32_t>(q.bit_resolution) + 1))
    throw failure{errc::bad_request, "the bit resolution must be 1, 3, 7 ... 255"};
  if (q.codomain_start < 0 || q.codomain_end > 255 || q.codomain_start >= q.codomain_end)
    throw failure{errc::bad_request, "the codomain must be an interval inside 0..255"};
  if (q.type == pixel_type::complex64 || q.type == pixel_type::complex128)
    throw failure{errc::bad_request, "complex samples cannot be drawn"};
}

} // namespace

std::pair<double, double> effective_window(const quantisation& q) {
  const auto range = range_of(q.type, q.significant_bits);
  auto acceptable = q.start <= q.end; // false for NaN
  if (q.type == pixel_type::bit)
    acceptable = false;
  else if (is_integer(q.type))
    acceptable = acceptable && q.end - q.start < std::ldexp(1.0, 8 * bytes_of(q.type));
  if (!acceptable)
    return range;
  if (!is_integer(q.type))
    return {q.start, q.end};
  return {std::clamp(q.start, range.first, range.second),
          std::clamp(q.end, range.first, range.second)};
}

quantiser::quantiser(const quantisation& q) : asked_{q} {
  check(q);
  if (asked_.curve == family::linear)
    asked_.coefficient = 1;
  std::tie(start_, end_) = effective_window(q);
  std::tie(low_, high_) = range_of(q.type, q.significant_bits);
  first_ = q.codomain_start;
  last_ = q.codomain_end;
  auto span = end_ - start_, base = start_, numerator = 255.0, offset = 0.0;
  if (q.noise_reduction) {
    // The statistics matter for types with at most 16 bits only.
    auto known = std::pair{0.0, 0.0};
    if (bytes_of(q.type) <= 2)
      known = q.statistics.value_or(std::pair{low_, high_});
    const auto lo = std::trunc(known.first), hi = std::trunc(known.second);
    const auto margin = (hi - lo) / 10;
    plateau_low_ = (start_ <= lo ? start_ : lo) + margin;
    plateau_high_ = (end_ >= hi ? end_ : hi) - margin;
    span = plateau_high_ - plateau_low_;
    base = plateau_low_;
    if (start_ >= plateau_low_) {
      span = (end_ > plateau_high_ ? plateau_high_ : end_) - start_;
      base = start_;
    } else if (end_ <= plateau_high_) {
      span = end_ - plateau_low_;
    }
    numerator = 235;
    offset = 10;
    first_ = std::max(first_, 10.0);
    last_ = std::min(last_, 245.0);
  }
  slope_ = numerator / span;
  intercept_ = slope_ * base - offset;
  curve_start_ = curve(0);
  curve_scale_ = q.bit_resolution / (curve(255) - curve_start_);
  codomain_scale_ = double(q.codomain_end - q.codomain_start) / q.bit_resolution;
  if (q.curve == family::linear && !q.noise_reduction && q.codomain_start == 0
      && q.codomain_end == 255 && q.bit_resolution == 255)
    line_ = {start_, end_, slope_, intercept_};
}

double quantiser::curve(double v) const {
  switch (asked_.curve) {
    case family::linear: return v;
    case family::polynomial: return std::pow(v, asked_.coefficient);
    case family::exponential: return std::exp(std::pow(v, asked_.coefficient));
    case family::logarithmic: return std::log(std::max(v, 1.0));
  }
  return v;
}

double quantiser::interior(double x) const {
  auto v = slope_ * x - intercept_;
  if (asked_.noise_reduction) {
    if (x > plateau_high_)
      v = last_;
    else if (!(x > plateau_low_))
      v = first_;
  }
  const auto w = round_half_up(curve_scale_ * (curve(v) - curve_start_));
  return round_half_up(codomain_scale_ * w + first_);
}

uint8_t quantiser::level(double x) const {
  if (is_integer(asked_.type))
    x = std::clamp(x, low_, high_);
  auto value = x >= end_ ? last_ : x >= start_ ? interior(x) : first_; // NaN: first
  // Saturated to 32 bits, then wrapped, as the reference has it.
  value = std::clamp(value, -2147483648.0, 2147483647.0);
  auto result = static_cast<uint8_t>(static_cast<int64_t>(value) & 0xff);
  if (asked_.inverted)
    result = static_cast<uint8_t>(
      asked_.codomain_end
      - std::clamp<int32_t>(result, asked_.codomain_start, asked_.codomain_end));
  return result;
}

level_table make_level_table(const quantisation& q) {
  const quantiser levels{q};
  level_table table(bytes_of(q.type) == 1 ? 256 : 65536);
  for (size_t pattern = 0; pattern < table.size(); ++pattern) {
    auto x = static_cast<double>(pattern);
    if (q.type == pixel_type::int8)
      x = static_cast<int8_t>(pattern);
    else if (q.type == pixel_type::int16)
      x = static_cast<int16_t>(pattern);
    table[pattern] = levels.level(x);
  }
  return table;
}

} // namespace troupe::render
