#include "storage/render/project_kernels.hpp"

#include "storage/render/sample_type.hpp"

// Compiled once per instruction set; the machine chooses at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "storage/render/project_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace troupe::render::kernels::HWY_NAMESPACE {
#if HWY_TARGET == HWY_SCALAR // a machine without vectors

using plain::add_samples;
using plain::raise;

#else

namespace hn = hwy::HWY_NAMESPACE;
using doubles = hn::ScalableTag<double>;

void raise(pixel_type type, const uint8_t* samples, size_t count, uint8_t* highest) {
  with_sample_type(type, [&]<class Sample>(Sample) {
    const hn::ScalableTag<Sample> d;
    const auto from = reinterpret_cast<const Sample*>(samples);
    const auto to = reinterpret_cast<Sample*>(highest);
    size_t x = 0;
    for (; x + hn::Lanes(d) <= count; x += hn::Lanes(d)) {
      const auto sample = hn::LoadU(d, from + x), most = hn::LoadU(d, to + x);
      if constexpr (std::is_floating_point_v<Sample>)
        hn::StoreU(hn::IfThenElse(hn::Gt(sample, most), sample, most), d, to + x);
      else
        hn::StoreU(hn::Max(sample, most), d, to + x);
    }
    const auto done = x * sizeof(Sample);
    plain::raise(type, samples + done, count - x, highest + done);
  });
}

template <class Sample>
hn::Vec<doubles> as_doubles(const Sample* from) {
  const doubles d;
  const hn::Rebind<int32_t, doubles> whole;
  if constexpr (sizeof(Sample) < 4)
    return hn::PromoteTo(
      d, hn::PromoteTo(whole, hn::LoadU(hn::Rebind<Sample, doubles>{}, from)));
  else if constexpr (std::is_same_v<Sample, uint32_t>) { // there is no direct way
    const hn::Rebind<uint32_t, doubles> unsigned_whole;
    const auto moved = hn::Xor(hn::LoadU(unsigned_whole, from),
                               hn::Set(unsigned_whole, uint32_t{1} << 31));
    return hn::Add(hn::PromoteTo(d, hn::BitCast(whole, moved)), hn::Set(d, 2147483648.0));
  } else if constexpr (std::is_same_v<Sample, double>)
    return hn::LoadU(d, from);
  else
    return hn::PromoteTo(d, hn::LoadU(hn::Rebind<Sample, doubles>{}, from));
}

void add_samples(pixel_type type, const uint8_t* samples, size_t count, double* sums) {
  with_sample_type(type, [&]<class Sample>(Sample) {
    const doubles d;
    const auto from = reinterpret_cast<const Sample*>(samples);
    size_t x = 0;
    for (; x + hn::Lanes(d) <= count; x += hn::Lanes(d))
      hn::StoreU(hn::Add(hn::LoadU(d, sums + x), as_doubles(from + x)), d, sums + x);
    plain::add_samples(type, samples + x * sizeof(Sample), count - x, sums + x);
  });
}

#endif
} // namespace troupe::render::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace troupe::render::kernels {

HWY_EXPORT(raise);
HWY_EXPORT(add_samples);

void raise(pixel_type type, const uint8_t* samples, size_t count, uint8_t* highest) {
  HWY_DYNAMIC_DISPATCH(raise)(type, samples, count, highest);
}

void add_samples(pixel_type type, const uint8_t* samples, size_t count, double* sums) {
  HWY_DYNAMIC_DISPATCH(add_samples)(type, samples, count, sums);
}

} // namespace troupe::render::kernels
#endif
