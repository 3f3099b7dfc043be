// A histogram of values whose range is not known before the last of them.

#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace troupe::derive {

/// Bins whose width is a power of two and whose borders are multiples of it: when the
/// range grows, they fold in pairs into wider ones and no count gets into a wrong one.
class folding_bins {
public:
  /// Makes room for values from low to high, both finite.
  void reach(double low, double high);
  /// @param value  within reach.
  void count(double value) {
    ++counts_[static_cast<size_t>(std::floor(value * scale_) - base_)];
  }
  void merge(const folding_bins& other);
  /// As that many bins between two values; a count goes where the middle of its bin is.
  std::vector<uint64_t> between(double min, double max, size_t bins) const;

  nlohmann::json save() const;
  static folding_bins restored(const nlohmann::json& saved);

private:
  void fold(int exponent, double base);
  void set(int exponent, double base);

  std::vector<uint64_t> counts_; ///< empty before the first reach()
  double low_ = std::numeric_limits<double>::infinity(), high_ = -low_;
  double base_ = 0;  ///< number of the first bin; bin n begins at n * 2^exponent
  double scale_ = 1; ///< 2^-exponent
  int exponent_ = 0;
};

} // namespace troupe::derive
