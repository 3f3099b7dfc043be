// Many planes to one: maximum, mean, sum. Rendering reference, section 10.

#pragma once

#include "storage/render/settings.hpp"
#include "storage/render/slice.hpp"

#include <span>

namespace troupe::render {

enum class projection : uint8_t { max, mean, sum };

/// Which planes: start, start + step ... <= end (profile `omero`, mean and sum: < end).
struct z_range {
  int32_t start = 0, end = 0, step = 1;
  bool operator==(const z_range&) const = default;
};
template <class Inspector>
auto inspect(Inspector& f, z_range& x) {
  return f(x.start, x.end, x.step);
}

/// The planes that count.
/// @throws failure{bad_request} for bounds outside the stack, a step below 1, and in
///         profile `fixed` for an empty range.
std::vector<int32_t> projected_planes(projection how, const z_range& z, int32_t size_z,
                                      profile rules = profile::fixed);

/// Adds planes up, one plane of memory whatever their number (mean and sum: a double a
/// sample).
class projector {
public:
  projector(projection how, extent size, pixel_type type, profile rules = profile::fixed);
  /// Several at once cost less memory traffic than one by one.
  /// @throws failure{internal} when a plane has another size or type.
  void add(std::span<const raw_plane> planes);
  /// Of the source's type, results inside its range and truncated. A projector is used up
  /// by this.
  raw_plane result();

private:
  void check(const raw_plane& plane) const;

  projection how_;
  extent size_;
  pixel_type type_;
  profile rules_;
  size_t pixels_;
  int64_t count_ = 0;
  shared_bytes::vector highest_; // max: samples
  std::vector<double> sums_;     // mean, sum
};

/// @param plane_at  the same region of every plane, `size` pixels of `type`.
raw_plane project(projection how, const z_range& z, int32_t size_z, extent size,
                  pixel_type type, const plane_source& plane_at,
                  profile rules = profile::fixed);

} // namespace troupe::render
