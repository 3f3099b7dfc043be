#include "storage/derive/halve.hpp"

// Compiled once per instruction set; the machine chooses at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "storage/derive/halve.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace troupe::derive::HWY_NAMESPACE {
#if HWY_TARGET == HWY_SCALAR // a machine without vectors

size_t halve_bytes(const row_pair&, uint8_t*) {
  return 0;
}
size_t halve_words(const row_pair&, uint8_t*) {
  return 0;
}

#else

namespace hn = hwy::HWY_NAMESPACE;

/// Means of the cells two vectors of one channel hold: half a vector.
template <class Sample, class Vector>
auto means(Vector above, Vector below) {
  const hn::ScalableTag<Sample> d;
  const hn::RepartitionToWide<decltype(d)> wide;
  const hn::RebindToSigned<decltype(wide)> narrowable;
  constexpr int bits = 8 * sizeof(Sample);
  const auto even = hn::Set(wide, static_cast<hn::TFromD<decltype(wide)>>(Sample(-1)));
  const auto a = hn::BitCast(wide, above), b = hn::BitCast(wide, below);
  const auto left = hn::Add(hn::And(a, even), hn::And(b, even));
  const auto right = hn::Add(hn::ShiftRight<bits>(a), hn::ShiftRight<bits>(b));
  const auto sum = hn::Add(hn::Add(left, right), hn::Set(wide, 2));
  return hn::DemoteTo(hn::Half<decltype(d)>{},
                      hn::BitCast(narrowable, hn::ShiftRight<2>(sum)));
}

/// @returns the pixels done, an even number.
template <class Sample>
size_t halve_grey(const row_pair& r, Sample* to) {
  const hn::ScalableTag<Sample> d;
  const auto above = reinterpret_cast<const Sample*>(r.above);
  const auto below = reinterpret_cast<const Sample*>(r.below);
  size_t x = 0;
  for (; x + hn::Lanes(d) <= r.width; x += hn::Lanes(d))
    hn::StoreU(means<Sample>(hn::LoadU(d, above + x), hn::LoadU(d, below + x)),
               hn::Half<decltype(d)>{}, to + x / 2);
  return x;
}

template <class Sample>
size_t halve_rgb(const row_pair& r, Sample* to) {
  const hn::ScalableTag<Sample> d;
  const auto above = reinterpret_cast<const Sample*>(r.above);
  const auto below = reinterpret_cast<const Sample*>(r.below);
  size_t x = 0;
  for (; x + hn::Lanes(d) <= r.width; x += hn::Lanes(d)) {
    hn::Vec<decltype(d)> ar, ag, ab, br, bg, bb;
    hn::LoadInterleaved3(d, above + 3 * x, ar, ag, ab);
    hn::LoadInterleaved3(d, below + 3 * x, br, bg, bb);
    hn::StoreInterleaved3(means<Sample>(ar, br), means<Sample>(ag, bg),
                          means<Sample>(ab, bb), hn::Half<decltype(d)>{}, to + 3 * x / 2);
  }
  return x;
}

template <class Sample>
size_t halve(const row_pair& r, uint8_t* to) {
  const auto out = reinterpret_cast<Sample*>(to);
  switch (r.samples) {
    case 1: return halve_grey<Sample>(r, out);
    case 3: return halve_rgb<Sample>(r, out);
    default: return 0;
  }
}

size_t halve_bytes(const row_pair& r, uint8_t* to) {
  return halve<uint8_t>(r, to);
}
size_t halve_words(const row_pair& r, uint8_t* to) {
  return halve<uint16_t>(r, to);
}

#endif
} // namespace troupe::derive::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace troupe::derive {

HWY_EXPORT(halve_bytes);
HWY_EXPORT(halve_words);

void halve_rows(pixel_type type, reduction how, const row_pair& rows, uint8_t* to) {
  size_t done = 0;
  if (how == reduction::mean && type == pixel_type::uint8)
    done = HWY_DYNAMIC_DISPATCH(halve_bytes)(rows, to);
  else if (how == reduction::mean && type == pixel_type::uint16)
    done = HWY_DYNAMIC_DISPATCH(halve_words)(rows, to);
  const auto pixel = rows.samples * bytes_of(type);
  if (done < rows.width)
    halve_rows_plainly(type, how,
                       {rows.above + done * pixel, rows.below + done * pixel,
                        rows.width - done, rows.samples},
                       to + done / 2 * pixel);
}

} // namespace troupe::derive
#endif
