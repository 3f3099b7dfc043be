#include "storage/render/quantise.hpp"

#include "storage/failure.hpp"
#include "storage/render/codomain.hpp"
#include "storage/render/range.hpp"

#include <algorithm>
#include <cmath>

namespace troupe::render {
namespace {

double round_half_up(double v) {
  return std::isnan(v) ? 0 : std::floor(v + 0.5);
}

void check(const quantisation& q) {
  if (!(q.coefficient > 0))
    throw failure{errc::bad_request, "the coefficient of a channel must be above 0"};
  if (q.curve > family::logarithmic)
    throw failure{errc::bad_request, "unknown family"};
  check(q.codomain);
  if (q.type == pixel_type::complex64 || q.type == pixel_type::complex128)
    throw failure{errc::bad_request, "complex samples cannot be drawn"};
}

/// Windows narrower than this lose digits of `slope * x - intercept` of 16-bit samples.
constexpr double narrowest_line = 1e-3;

} // namespace

quantisation quantisation_of(const settings& s, const channel_settings& c,
                             pixel_type type, int32_t significant_bits) {
  return {.type = type,
          .significant_bits = significant_bits,
          .start = c.start,
          .end = c.end,
          .curve = c.curve,
          .coefficient = c.coefficient,
          .inverted = c.inverted,
          .noise_reduction = c.noise_reduction,
          .statistics = c.statistics,
          .codomain = s.levels,
          .profile = s.profile};
}

quantiser::quantiser(const quantisation& q) : asked_{q} {
  check(q);
  const auto is_narrow = bytes_of(q.type) <= 2;
  const auto omero = q.profile == profile::omero;
  if (asked_.curve == family::linear)
    asked_.coefficient = 1;
  std::tie(start_, end_) = effective_window(q);
  std::tie(low_, high_) = range_of(q.type, q.significant_bits);
  if (omero && is_narrow && start_ > high_ + 1)
    throw failure{errc::bad_request, "the window is above all samples of the type"};
  binned_ = omero && !is_narrow;
  has_plateaus_ = omero || q.noise_reduction;
  if (is_narrow) // wider types: OMERO never fills these in
    std::tie(known_low_, known_high_) = known_range(q);
  known_low_ = std::trunc(known_low_);
  known_high_ = std::trunc(known_high_);
  plateau_low_ = std::min(start_, known_low_);
  plateau_high_ = std::max(end_, known_high_);
  first_ = q.codomain.start;
  last_ = q.codomain.end;
  slope_ = 255.0 / (end_ - start_);
  intercept_ = slope_ * start_;
  if (q.noise_reduction)
    reduce_noise();
  curve_start_ = curve(0);
  curve_scale_ = q.codomain.resolution / (curve(255) - curve_start_);
  codomain_scale_ =
    static_cast<double>(q.codomain.end - q.codomain.start) / q.codomain.resolution;
  if (binned_)
    fill_bins();
  const auto rescales = omero && q.significant_bits > 0 && !all_in_range();
  if (q.curve == family::linear && !q.noise_reduction && q.codomain == quantum{}
      && !binned_ && !rescales && q.type != pixel_type::bit
      && (!is_narrow || end_ - start_ >= narrowest_line))
    line_ = {start_, end_, slope_, intercept_};
}

/// Whether no sample is beyond the significant bits, as the whole image's range tells.
bool quantiser::all_in_range() const {
  return asked_.statistics && asked_.statistics->first >= low_
         && asked_.statistics->second <= high_;
}

/// Narrows the interior by a tenth of the channel's range at both ends.
void quantiser::reduce_noise() {
  const auto margin = (known_high_ - known_low_) / 10;
  plateau_low_ += margin;
  plateau_high_ -= margin;
  auto span = plateau_high_ - plateau_low_, base = plateau_low_;
  if (start_ >= plateau_low_) {
    span = (end_ > plateau_high_ ? plateau_high_ : end_) - start_;
    base = start_;
  } else if (end_ <= plateau_high_) {
    span = end_ - plateau_low_;
  }
  slope_ = 235.0 / span;
  intercept_ = slope_ * base - 10;
  first_ = std::max(first_, 10.0);
  last_ = std::min(last_, 245.0);
}

double quantiser::curve(double v) const {
  switch (asked_.curve) {
    case family::linear: return v;
    case family::polynomial: return std::pow(v, asked_.coefficient);
    case family::exponential: return std::exp(std::pow(v, asked_.coefficient));
    case family::logarithmic:
      if (asked_.profile == profile::omero)
        return std::log(v <= 0 ? 1.0 : v); // negative below 1: the level wraps
      return std::log(std::max(v, 1.0));
  }
  return v;
}

double quantiser::interior(double x) const {
  auto v = slope_ * x - intercept_;
  if (has_plateaus_) {
    if (x > plateau_high_)
      v = last_;
    else if (!(x > plateau_low_))
      v = first_;
  }
  const auto w = round_half_up(curve_scale_ * (curve(v) - curve_start_));
  return round_half_up(codomain_scale_ * w + first_);
}

uint8_t quantiser::finished(double value) const {
  const auto level = low_byte(value);
  return asked_.inverted ? reversed(level, asked_.codomain) : level;
}

/// Integer samples that the significant bits do not allow: clamped, by OMERO first scaled
/// as if the channel's range were the allowed one.
double quantiser::into_range(double x) const {
  if (x >= low_ && x <= high_)
    return x;
  const auto known = asked_.statistics.value_or(sample_range{0, 0});
  const auto width = known.second - known.first;
  if (asked_.profile == profile::omero && width != 0) {
    const auto scaled = std::trunc((high_ - low_) / width * (x - low_));
    return x < low_ ? std::max(scaled, low_) : std::min(scaled, high_);
  }
  return std::clamp(x, low_, high_);
}

/// OMERO's wide types: as many bins as levels over the window, each drawn as the centre
/// of the one before.
void quantiser::fill_bins() {
  const auto bins = asked_.codomain.end - asked_.codomain.start + 1;
  step_ = std::abs(end_ - start_) / bins;
  for (int j = 0; j <= bins; ++j)
    bins_.push_back(
      finished(interior((start_ + (j - 1) * step_ + start_ + j * step_) / 2)));
  below_ = finished(interior(start_));
  at_start_ = finished(interior(start_ + step_ / 2));
  above_ = finished(interior(end_));
}

uint8_t quantiser::level_of_bin(double x) const {
  if (x < start_)
    return below_;
  if (x > end_)
    return above_;
  if (x == start_)
    return at_start_;
  const auto j = (x - start_) / step_;
  return bins_[j > 0 ? std::min(static_cast<size_t>(j), bins_.size() - 1) : 0]; // NaN: 0
}

uint8_t quantiser::level(double x) const {
  if (binned_)
    return level_of_bin(x);
  if (is_integer(asked_.type))
    x = into_range(x);
  if (!(x >= start_)) // NaN too
    return finished(first_);
  return finished(x >= end_ ? last_ : interior(x));
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
