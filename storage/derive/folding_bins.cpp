#include "storage/derive/folding_bins.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace troupe::derive {
namespace {

constexpr size_t size = 4096;
constexpr int narrowest = -1000; ///< its inverse is still a number
constexpr int whole_bits = 51;   ///< numbers of bins are integers without a rounding

/// The narrowest bins of which `size` go from low to high.
int exponent_for(double low, double high, int at_least) {
  const auto large = std::max(std::abs(low), std::abs(high));
  auto e = std::max(at_least, large > 0 ? std::ilogb(large) - whole_bits : narrowest);
  while (std::floor(std::ldexp(high, -e)) - std::floor(std::ldexp(low, -e))
         >= static_cast<double>(size))
    ++e;
  return e;
}

} // namespace

void folding_bins::set(int exponent, double base) {
  exponent_ = exponent;
  scale_ = std::ldexp(1.0, -exponent);
  base_ = base;
}

void folding_bins::fold(int exponent, double base) {
  std::vector<uint64_t> folded(size);
  for (size_t i = 0; i < size; ++i)
    if (counts_[i]) {
      const auto now = std::ldexp(base_ + static_cast<double>(i), exponent_ - exponent);
      // Below only where the lowest value is so near to 0 that its number became 0.
      folded[static_cast<size_t>(std::max(0.0, std::floor(now) - base))] += counts_[i];
    }
  counts_ = std::move(folded);
  set(exponent, base);
}

void folding_bins::reach(double low, double high) {
  if (low_ <= low && high <= high_)
    return;
  low_ = std::min(low_, low);
  high_ = std::max(high_, high);
  const auto first = counts_.empty();
  const auto exponent = exponent_for(low_, high_, first ? narrowest : exponent_);
  const auto base = std::floor(std::ldexp(low_, -exponent));
  if (first) {
    counts_.resize(size);
    set(exponent, base);
  } else if (exponent != exponent_ || base != base_) {
    fold(exponent, base);
  }
}

void folding_bins::merge(const folding_bins& other) {
  if (other.counts_.empty())
    return;
  auto theirs = other;
  reach(other.low_, other.high_);
  // The wider of both widths: theirs may have been needed for less than all.
  const auto exponent = std::max(exponent_, theirs.exponent_);
  const auto base = std::floor(std::ldexp(low_, -exponent));
  fold(exponent, base);
  theirs.fold(exponent, base);
  for (size_t i = 0; i < size; ++i)
    counts_[i] += theirs.counts_[i];
}

std::vector<uint64_t> folding_bins::between(double min, double max, size_t bins) const {
  std::vector<uint64_t> all(bins);
  for (size_t i = 0; i < counts_.size(); ++i) {
    if (!counts_[i])
      continue;
    const auto middle = std::ldexp(base_ + static_cast<double>(i) + 0.5, exponent_);
    // Halves: the distance of two numbers may be none.
    const auto place = max > min ? (middle / 2 - min / 2) / (max / 2 - min / 2) : 0.0;
    const auto last = static_cast<double>(bins) - 1;
    all[static_cast<size_t>(std::clamp(place * static_cast<double>(bins), 0.0, last))] +=
      counts_[i];
  }
  return all;
}

nlohmann::json folding_bins::save() const {
  if (counts_.empty())
    return nullptr;
  return {low_, high_, exponent_, base_, counts_};
}

folding_bins folding_bins::restored(const nlohmann::json& saved) {
  folding_bins all;
  if (saved.is_null())
    return all;
  all.low_ = saved.at(0);
  all.high_ = saved.at(1);
  all.set(saved.at(2), saved.at(3));
  all.counts_ = saved.at(4).get<std::vector<uint64_t>>();
  return all;
}

} // namespace troupe::derive
