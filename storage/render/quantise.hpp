// Raw samples to levels 0..255. Rendering reference, section 3, both profiles.

#pragma once

#include "storage/render/settings.hpp"

#include <array>

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
  std::optional<sample_range> statistics{};
  quantum codomain{};
  render::profile profile = render::profile::fixed;
  bool operator==(const quantisation&) const = default;
};

/// The quantisation a channel's settings ask for.
quantisation quantisation_of(const settings& s, const channel_settings& c,
                             pixel_type type, int32_t significant_bits);

/// The window that is used when `start`..`end` was asked for: the type's range when it
/// makes no sense. Profile `fixed`: both ends inside the range of an integer type;
/// `omero`: the start is raised, the end lowered to that range.
std::pair<double, double> effective_window(const quantisation& q);

/// The channel's range that formulas use: its statistics inside the range of the type,
/// which stands in where there are none or they make no sense.
std::pair<double, double> known_range(const quantisation& q);

/// Levels that are a straight line from 0 to 255 inside the window:
///
///   level = low 8 bits of floor(slope * x - intercept + 0.5), 0 below, 255 from the end
struct straight_line {
  double start = 0, end = 0, slope = 0, intercept = 0;
};

/// Levels of single samples:
///
///   v = 255 / (end - start) * x - 255 / (end - start) * start
///   w = round(resolution / (T(255) - T(0)) * (T(v) - T(0))), T the family's curve
///   level = low 8 bits of round((codomain end - start) / resolution * w + codomain
///   start)
class quantiser {
public:
  /// @throws failure{bad_request} for a coefficient, codomain or resolution out of range,
  ///         and where OMERO cannot draw: a window above all samples of the type.
  explicit quantiser(const quantisation& q);
  uint8_t level(double x) const;
  /// Before inversion. Absent where levels are no line, or where rounding of the line
  /// could differ from comparing samples with the window's ends.
  const std::optional<straight_line>& line() const { return line_; }

private:
  void reduce_noise();
  void fill_bins();
  uint8_t level_of_bin(double x) const;
  bool all_in_range() const;
  double into_range(double x) const;
  double interior(double x) const;
  double curve(double v) const;
  uint8_t finished(double value) const;

  quantisation asked_;
  std::optional<straight_line> line_;
  bool binned_ = false;                       // profile omero, 32 bit and floating types
  bool has_plateaus_ = false;                 // levels are flat outside (low, high]
  double start_ = 0, end_ = 0;                // effective window
  double low_ = 0, high_ = 0;                 // integer types: range of samples
  double known_low_ = 0, known_high_ = 0;     // range of the channel's samples
  double slope_ = 0, intercept_ = 0;          // v = slope * x - intercept
  double plateau_low_ = 0, plateau_high_ = 0; // where the interior begins and ends
  double first_ = 0, last_ = 255;             // levels outside the window
  std::vector<uint8_t> bins_;                 // levels, if binned_
  double step_ = 0;                           // width of a bin
  uint8_t below_ = 0, at_start_ = 0, above_ = 0;
  double curve_start_ = 0, curve_scale_ = 1, codomain_scale_ = 1;
};

/// Levels of all samples of an 8- or 16-bit type, by the sample's bit pattern.
using level_table = std::vector<uint8_t>;
level_table make_level_table(const quantisation& q);

} // namespace troupe::render
