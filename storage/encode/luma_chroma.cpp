#include "storage/encode/luma_chroma.hpp"

// Compiled once per instruction set; the machine chooses at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "storage/encode/luma_chroma.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace troupe::HWY_NAMESPACE {
#if HWY_TARGET == HWY_SCALAR // a machine without vectors

void to_luma_chroma(const component_rows& upper, const component_rows& lower,
                    size_t count, const luma_chroma_rows& to) {
  plain::to_luma_chroma(upper, lower, 0, count, to);
}

#else

namespace hn = hwy::HWY_NAMESPACE;
using bytes = hn::ScalableTag<uint8_t>;
using words = hn::Repartition<uint16_t, bytes>;
using word = hn::Vec<words>;

word times(word v, uint16_t factor) {
  return hn::Mul(v, hn::Set(words{}, factor));
}

/// Every other pixel of a row, a word each. libjpeg's factors of 16 bits are two of 8
/// here, the lower half of their sums shifted away: that is exact, and 16 bits hold all.
struct pixels {
  word r, g, b;

  word luma() const { // 256 times
    const auto low = hn::Add(hn::Add(times(r, 139), times(g, 70)), times(b, 47));
    const auto high = hn::Add(hn::Add(times(r, 76), times(g, 150)), times(b, 29));
    return hn::Add(hn::Add(high, hn::ShiftRight<8>(low)), hn::Set(words{}, 128));
  }
  word blue() const {
    const auto low = hn::Add(times(r, 51), times(g, 205));
    const auto high = hn::Sub(hn::ShiftLeft<7>(b), hn::Add(times(r, 43), times(g, 84)));
    return chroma(high, low);
  }
  word red() const {
    const auto low = hn::Add(times(g, 47), times(b, 209));
    const auto high = hn::Sub(hn::ShiftLeft<7>(r), hn::Add(times(g, 107), times(b, 20)));
    return chroma(high, low);
  }

private:
  static word chroma(word high, word low) {
    const auto centre = hn::Set(words{}, 128 * 256 + 127);
    return hn::ShiftRight<8>(hn::Sub(hn::Add(high, centre), hn::ShiftRight<8>(low)));
  }
};

struct pair_of_pixels {
  pixels even, odd;

  pair_of_pixels(const component_rows& row, size_t x)
    : even{even_of(row[0] + x), even_of(row[1] + x), even_of(row[2] + x)},
      odd{odd_of(row[0] + x), odd_of(row[1] + x), odd_of(row[2] + x)} {}

  void store_luma(uint8_t* to) const {
    const auto both = hn::Or(hn::ShiftRight<8>(even.luma()),
                             hn::And(odd.luma(), hn::Set(words{}, 0xff00)));
    hn::StoreU(hn::BitCast(bytes{}, both), bytes{}, to);
  }

private:
  static word load(const uint8_t* from) {
    return hn::BitCast(words{}, hn::LoadU(bytes{}, from));
  }
  static word even_of(const uint8_t* from) {
    return hn::And(load(from), hn::Set(words{}, 0x00ff));
  }
  static word odd_of(const uint8_t* from) { return hn::ShiftRight<8>(load(from)); }
};

/// A quarter of four sums, rounded down and up in turn.
void store_chroma(word a, word b, word c, word d, uint8_t* to) {
  const hn::Repartition<uint32_t, words> turns;
  const auto rounding = hn::BitCast(words{}, hn::Set(turns, 0x00020001));
  const auto sum = hn::Add(hn::Add(hn::Add(a, b), hn::Add(c, d)), rounding);
  const hn::Rebind<uint8_t, words> narrow;
  hn::StoreU(hn::TruncateTo(narrow, hn::ShiftRight<2>(sum)), narrow, to);
}

void to_luma_chroma(const component_rows& upper, const component_rows& lower,
                    size_t count, const luma_chroma_rows& to) {
  size_t x = 0;
  for (; x + hn::Lanes(bytes{}) <= count; x += hn::Lanes(bytes{})) {
    const pair_of_pixels above{upper, x}, below{lower, x};
    above.store_luma(to.luma[0] + x);
    below.store_luma(to.luma[1] + x);
    store_chroma(above.even.blue(), above.odd.blue(), below.even.blue(), below.odd.blue(),
                 to.blue + x / 2);
    store_chroma(above.even.red(), above.odd.red(), below.even.red(), below.odd.red(),
                 to.red + x / 2);
  }
  plain::to_luma_chroma(upper, lower, x, count, to);
}

#endif
} // namespace troupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace troupe {

HWY_EXPORT(to_luma_chroma);

void to_luma_chroma(const component_rows& upper, const component_rows& lower,
                    size_t count, const luma_chroma_rows& to) {
  HWY_DYNAMIC_DISPATCH(to_luma_chroma)(upper, lower, count, to);
}

} // namespace troupe
#endif
