#include "storage/render/project.hpp"

#include "storage/failure.hpp"
#include "storage/render/range.hpp"
#include "storage/render/sample_type.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace troupe::render {
namespace {

/// Samples that are worked on at a time: those of the result stay in the nearest cache.
constexpr size_t block = 8192;

template <class Sample>
const Sample* samples_of(const raw_plane& plane) {
  return reinterpret_cast<const Sample*>(plane.samples.data());
}

template <class Sample>
void raise(std::span<Sample> highest, std::span<const raw_plane> planes) {
  for (size_t first = 0; first < highest.size(); first += block) {
    const auto count = std::min(block, highest.size() - first);
    const auto to = highest.data() + first;
    for (auto& p : planes) {
      const auto from = samples_of<Sample>(p) + first;
      for (size_t i = 0; i < count; ++i)
        to[i] = from[i] > to[i] ? from[i] : to[i]; // NaN never is
    }
  }
}

template <class Sample>
void sum_up(std::span<double> sums, std::span<const raw_plane> planes) {
  for (size_t first = 0; first < sums.size(); first += block) {
    const auto count = std::min(block, sums.size() - first);
    const auto to = sums.data() + first;
    for (auto& p : planes) {
      const auto from = samples_of<Sample>(p) + first;
      for (size_t i = 0; i < count; ++i)
        to[i] += static_cast<double>(from[i]);
    }
  }
}

/// OMERO stores integers through a signed 32-bit one.
template <class Sample>
Sample stored_by_omero(double v) {
  constexpr auto most = std::is_floating_point_v<Sample>
                          ? 2147483647.0
                          : static_cast<double>(std::numeric_limits<Sample>::max());
  if (v > most)
    v = most;
  if constexpr (std::is_floating_point_v<Sample>)
    return static_cast<Sample>(v);
  if (std::isnan(v))
    return 0;
  return static_cast<Sample>(
    static_cast<int32_t>(std::clamp(v, -2147483648.0, 2147483647.0)));
}

template <class Sample>
Sample stored(double v, profile rules) {
  if (rules == profile::omero)
    return stored_by_omero<Sample>(v);
  if constexpr (std::is_floating_point_v<Sample>)
    return static_cast<Sample>(v);
  return static_cast<Sample>(std::clamp<double>(v, std::numeric_limits<Sample>::lowest(),
                                                std::numeric_limits<Sample>::max()));
}

template <class Sample>
Sample lowest_sample(profile rules) {
  if (rules == profile::omero)
    return 0; // so a maximum of negative samples is 0
  if constexpr (std::is_floating_point_v<Sample>)
    return -std::numeric_limits<Sample>::infinity();
  return std::numeric_limits<Sample>::lowest();
}

template <class Sample>
std::span<Sample> as(shared_bytes::vector& bytes) {
  return {reinterpret_cast<Sample*>(bytes.data()), bytes.size() / sizeof(Sample)};
}

} // namespace

std::vector<int32_t> projected_planes(projection how, const z_range& z, int32_t size_z,
                                      profile rules) {
  if (z.step < 1)
    throw failure{errc::bad_request, "the step of a projection must be above 0"};
  if (z.start < 0 || z.end < 0 || z.start >= size_z || z.end >= size_z)
    throw failure{errc::bad_request, "a projection outside the stack"};
  const auto leaves_last = rules == profile::omero && how != projection::max;
  std::vector<int32_t> planes;
  for (int64_t at = z.start; at < z.end + (leaves_last ? 0 : 1); at += z.step)
    planes.push_back(static_cast<int32_t>(at));
  if (planes.empty() && rules == profile::fixed)
    throw failure{errc::bad_request, "a projection of no planes"};
  return planes;
}

projector::projector(projection how, extent size, pixel_type type, profile rules)
  : how_{how},
    size_{size},
    type_{type},
    rules_{rules} {
  const auto count = static_cast<size_t>(size.width) * static_cast<size_t>(size.height);
  if (how != projection::max) {
    sums_.resize(count);
    return;
  }
  highest_.resize(count * bytes_of(type));
  with_sample_type(type, [&]<class Sample>(Sample) {
    std::ranges::fill(as<Sample>(highest_), lowest_sample<Sample>(rules));
  });
}

void projector::check(const raw_plane& plane) const {
  if (plane.width != size_.width || plane.height != size_.height || plane.type != type_
      || plane.samples.size()
           != static_cast<size_t>(size_.width) * static_cast<size_t>(size_.height)
                * bytes_of(type_))
    throw failure{errc::internal, "a plane to project has another size"};
}

void projector::add(std::span<const raw_plane> planes) {
  for (auto& p : planes)
    check(p);
  count_ += static_cast<int64_t>(planes.size());
  with_sample_type(type_, [&]<class Sample>(Sample) {
    if (how_ == projection::max)
      raise(as<Sample>(highest_), planes);
    else
      sum_up<Sample>(sums_, planes);
  });
}

raw_plane projector::result() {
  shared_bytes::vector bytes = std::move(highest_);
  bytes.resize(static_cast<size_t>(size_.width) * static_cast<size_t>(size_.height)
               * bytes_of(type_));
  with_sample_type(type_, [&]<class Sample>(Sample) {
    const auto samples = as<Sample>(bytes);
    for (size_t i = 0; i < samples.size(); ++i) {
      if (how_ == projection::max)
        samples[i] = stored<Sample>(static_cast<double>(samples[i]), rules_);
      else
        samples[i] = stored<Sample>(
          how_ == projection::sum ? sums_[i] : sums_[i] / static_cast<double>(count_),
          rules_);
    }
  });
  return {size_.width, size_.height, type_, shared_bytes{std::move(bytes)}};
}

raw_plane project(projection how, const z_range& z, int32_t size_z, extent size,
                  pixel_type type, const plane_source& plane_at, profile rules) {
  constexpr size_t most_planes = 8, most_bytes = 64 << 20;
  projector sum{how, size, type, rules};
  std::vector<raw_plane> held;
  size_t bytes = 0;
  for (auto at : projected_planes(how, z, size_z, rules)) {
    held.push_back(plane_at(at));
    bytes += held.back().samples.size();
    if (held.size() < most_planes && bytes < most_bytes)
      continue;
    sum.add(held);
    held.clear();
    bytes = 0;
  }
  sum.add(held);
  return sum.result();
}

} // namespace troupe::render
