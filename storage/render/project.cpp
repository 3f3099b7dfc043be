#include "storage/render/project.hpp"

#include "storage/failure.hpp"
#include "storage/large_memory.hpp"
#include "storage/render/project_kernels.hpp"
#include "storage/render/sample_type.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace troupe::render {
namespace {

/// What is worked on at a time: this part of the result stays in a near cache.
constexpr size_t block_bytes = 128 << 10;

/// Calls work(samples, first, count) for every block of every plane, block by block.
template <class Work>
void in_blocks(std::span<const raw_plane> planes, size_t size, size_t block,
               Work&& work) {
  for (size_t first = 0; first < size; first += block)
    for (auto& p : planes)
      work(p.samples.data() + first * bytes_of(p.type), first,
           std::min(block, size - first));
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
    rules_{rules},
    pixels_{static_cast<size_t>(size.width) * static_cast<size_t>(size.height)} {
  if (how != projection::max) {
    reserve_large(sums_, pixels_);
    sums_.resize(pixels_);
    return;
  }
  reserve_large(highest_, pixels_ * bytes_of(type));
  highest_.resize(pixels_ * bytes_of(type));
  with_sample_type(type, [&]<class Sample>(Sample) {
    if (const auto lowest = lowest_sample<Sample>(rules); lowest != 0)
      std::ranges::fill(as<Sample>(highest_), lowest);
  });
}

void projector::check(const raw_plane& plane) const {
  if (plane.width != size_.width || plane.height != size_.height || plane.type != type_
      || plane.samples.size() != pixels_ * bytes_of(type_))
    throw failure{errc::internal, "a plane to project has another size"};
}

void projector::add(std::span<const raw_plane> planes) {
  for (auto& p : planes)
    check(p);
  count_ += static_cast<int64_t>(planes.size());
  const auto is_max = how_ == projection::max;
  const auto block = block_bytes / (is_max ? bytes_of(type_) : sizeof(double));
  in_blocks(
    planes, pixels_, block, [&](const uint8_t* samples, size_t first, size_t count) {
      if (is_max)
        kernels::raise(type_, samples, count, highest_.data() + first * bytes_of(type_));
      else
        kernels::add_samples(type_, samples, count, sums_.data() + first);
    });
}

raw_plane projector::result() {
  shared_bytes::vector bytes = std::move(highest_);
  reserve_large(bytes, pixels_ * bytes_of(type_));
  bytes.resize(pixels_ * bytes_of(type_));
  with_sample_type(type_, [&]<class Sample>(Sample) {
    if (how_ == projection::max && sizeof(Sample) <= 2)
      return; // in range already
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
  constexpr size_t most_planes = 16, most_bytes = 128 << 20;
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
