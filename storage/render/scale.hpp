// Sizes of thumbnails, and pictures of other sizes. Rendering reference, section 11.

#pragma once

#include "storage/render/picture.hpp"
#include "storage/render/settings.hpp"

namespace troupe::render {

/// Shrinks by area averaging (or enlarges, nearest) to exactly `want`.
/// @throws failure{bad_request} when a side has no pixel.
picture scale(const picture& from, extent want);

/// Where along a side a pixel of the scaled picture comes from.
struct scaled_pixel {
  int32_t first = 0;          ///< pixel of the source
  std::vector<float> weights; ///< of it and those after it; add up to 1
};

/// scale() of a picture that comes row by row and is never there as a whole.
class row_scaler {
public:
  /// @throws failure{bad_request} when a side has no pixel.
  row_scaler(extent from, extent want);
  /// The next row of the source, 3 bytes a pixel.
  void add(const uint8_t* row);
  /// Once every row has been added.
  picture take() { return std::move(out_); }

private:
  std::vector<scaled_pixel> columns_, rows_;
  std::vector<float> squeezed_, sum_;
  int32_t y_ = 0;   ///< of the next source row
  size_t next_ = 0; ///< row of the result that is not complete
  picture out_;
};

/// Size of a thumbnail whose longest side is `longest`: aspect kept, at least 1 px.
extent thumbnail_size(extent full, int32_t longest);

/// What OMERO's scaler makes of that size: trunc(source * (want / source)) in single
/// precision, at least 3 px a side.
extent omero_scaled_size(extent full, extent want);

/// The smallest level that is at least `want` in both directions, else 0. Profile
/// `omero`: the first level, from the largest, that is not larger in one direction, else
/// the smallest.
size_t thumbnail_level(const std::vector<extent>& levels, extent want,
                       profile rules = profile::fixed);

} // namespace troupe::render
