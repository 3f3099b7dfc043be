// Raw samples to levels 0..255. Rendering reference, section 3, profile `fixed`.

#pragma once

#include "storage/render/settings.hpp"

#include <array>
#include <optional>
#include <utility>

namespace troupe::render {

/// Everything the level of a sample depends on.
struct quantisation {
  pixel_type type = pixel_type::uint8;
  int32_t significant_bits = 0; ///< 0 = all
  double start = 0, end = 255;  ///< window
  family curve = family::linear;
  double coefficient = 1;
  bool inverted = false;
  bool noise_reduction = false;
  std::optional<std::pair<double, double>> statistics{}; ///< used by noise reduction only
  int32_t codomain_start = 0, codomain_end = 255, bit_resolution = 255;
  bool operator==(const quantisation&) const = default;
};

/// The window that is used when `start`..`end` was asked for: the type's range when it
/// makes no sense, both ends inside the range of an integer type.
std::pair<double, double> effective_window(const quantisation& q);

/// Levels of single samples:
///
///   v = 255 / (end - start) * x - 255 / (end - start) * start
///   w = round(resolution / (T(255) - T(0)) * (T(v) - T(0))), T the family's curve
///   level = low 8 bits of round((codomain end - start) / resolution * w + codomain
///   start)
class quantiser {
public:
  /// @throws failure{bad_request} for a coefficient, codomain or resolution out of range.
  explicit quantiser(const quantisation& q);
  uint8_t level(double x) const;

  /// Levels that are a straight line from 0 to 255: trunc(slope * x - intercept + 0.5)
  /// inside the window, before inversion.
  struct straight_line {
    double start = 0, end = 0, slope = 0, intercept = 0;
  };
  const std::optional<straight_line>& line() const { return line_; }

private:
  double interior(double x) const;
  double curve(double v) const;

  quantisation asked_;
  std::optional<straight_line> line_;
  double start_ = 0, end_ = 0;                // effective window
  double low_ = 0, high_ = 0;                 // integer types: samples are clamped to it
  double slope_ = 0, intercept_ = 0;          // v = slope * x - intercept
  double plateau_low_ = 0, plateau_high_ = 0; // with noise reduction
  double first_ = 0, last_ = 255;             // levels outside the window
  double curve_start_ = 0, curve_scale_ = 1, codomain_scale_ = 1;
};

/// Levels of all samples of an 8- or 16-bit type, by the sample's bit pattern.
using level_table = std::vector<uint8_t>;
level_table make_level_table(const quantisation& q);

} // namespace troupe::render
