#include "storage/render/row_kernels.hpp"

#include "storage/failure.hpp"

// Compiled once per instruction set; the machine chooses at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "storage/render/row_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace troupe::render::kernels::HWY_NAMESPACE {
#if HWY_TARGET == HWY_SCALAR // a machine without vectors

using plain::add_levels;
using plain::add_parts;
using plain::integer_levels;
using plain::interleave;
using plain::line_levels;

#else

namespace hn = hwy::HWY_NAMESPACE;
using doubles = hn::ScalableTag<double>;
using int32s = hn::Rebind<int32_t, doubles>;
using bytes = hn::Rebind<uint8_t, doubles>;

/// Samples of any type as doubles.
template <class Sample>
hn::Vec<doubles> load(const uint8_t* samples, size_t x) {
  const doubles d;
  const int32s i;
  const auto from = reinterpret_cast<const Sample*>(samples) + x;
  if constexpr (sizeof(Sample) == 2)
    return hn::PromoteTo(
      d, hn::PromoteTo(i, hn::LoadU(hn::Rebind<Sample, doubles>{}, from)));
  else if constexpr (std::is_same_v<Sample, int32_t> || std::is_same_v<Sample, float>)
    return hn::PromoteTo(d, hn::LoadU(hn::Rebind<Sample, doubles>{}, from));
  else if constexpr (std::is_same_v<Sample, uint32_t>) { // there is no direct way
    const auto moved =
      hn::Xor(hn::LoadU(hn::Rebind<uint32_t, doubles>{}, from),
              hn::Set(hn::Rebind<uint32_t, doubles>{}, uint32_t{1} << 31));
    return hn::Add(hn::PromoteTo(d, hn::BitCast(i, moved)), hn::Set(d, 2147483648.0));
  } else
    return hn::LoadU(d, from);
}

/// 16-bit samples: what is outside the window ends at 0 and 255 by itself.
template <class Sample>
void line_levels_narrow(const uint8_t* samples, size_t count, const straight_line& line,
                        uint8_t* levels) {
  const doubles d;
  const auto slope = hn::Set(d, line.slope), intercept = hn::Set(d, line.intercept);
  const auto half = hn::Set(d, 0.5);
  const auto last = hn::Set(int32s{}, 255); // DemoteTo saturates small numbers only
  size_t x = 0;
  for (; x + hn::Lanes(d) <= count; x += hn::Lanes(d)) {
    const auto v = hn::Sub(hn::Mul(slope, load<Sample>(samples, x)), intercept);
    const auto level = hn::DemoteTo(int32s{}, hn::Add(v, half));
    hn::StoreU(hn::DemoteTo(bytes{}, hn::Min(level, last)), bytes{}, levels + x);
  }
  if (x < count)
    plain::line_levels(sizeof(Sample) == 2 && Sample(-1) < Sample(0) ? pixel_type::int16
                                                                     : pixel_type::uint16,
                       samples + x * sizeof(Sample), count - x, line, levels + x);
}

/// Wider ones: levels wrap as in the formula, the window's ends are compared.
template <class Sample>
void line_levels_wide(pixel_type type, const uint8_t* samples, size_t count,
                      const straight_line& line, uint8_t* levels) {
  const doubles d;
  const auto slope = hn::Set(d, line.slope), intercept = hn::Set(d, line.intercept);
  const auto start = hn::Set(d, line.start), end = hn::Set(d, line.end);
  const auto half = hn::Set(d, 0.5), last = hn::Set(d, 255.0);
  const auto low = hn::Set(int32s{}, 255);
  size_t x = 0;
  for (; x + hn::Lanes(d) <= count; x += hn::Lanes(d)) {
    const auto sample = load<Sample>(samples, x);
    auto level = hn::Floor(hn::Add(hn::Sub(hn::Mul(slope, sample), intercept), half));
    level = hn::IfThenElseZero(hn::Ge(sample, start), level);
    level = hn::IfThenElse(hn::Ge(sample, end), last, level);
    const auto wrapped = hn::And(hn::DemoteTo(int32s{}, level), low);
    hn::StoreU(hn::DemoteTo(bytes{}, wrapped), bytes{}, levels + x);
  }
  if (x < count)
    plain::line_levels(type, samples + x * sizeof(Sample), count - x, line, levels + x);
}

void line_levels(pixel_type type, const uint8_t* samples, size_t count,
                 const straight_line& line, uint8_t* to) {
  switch (type) {
    case pixel_type::int16: return line_levels_narrow<int16_t>(samples, count, line, to);
    case pixel_type::uint16:
      return line_levels_narrow<uint16_t>(samples, count, line, to);
    case pixel_type::int32:
      return line_levels_wide<int32_t>(type, samples, count, line, to);
    case pixel_type::uint32:
      return line_levels_wide<uint32_t>(type, samples, count, line, to);
    case pixel_type::float32:
      return line_levels_wide<float>(type, samples, count, line, to);
    case pixel_type::float64:
      return line_levels_wide<double>(type, samples, count, line, to);
    default: throw failure{errc::internal, "a sample type without a line"};
  }
}

void integer_levels(const uint8_t* samples, size_t count, const integer_line& line,
                    uint8_t* levels) {
  const hn::ScalableTag<uint16_t> d;
  const hn::Rebind<uint8_t, decltype(d)> narrow;
  const auto flipped = hn::Set(d, line.flipped), first = hn::Set(d, line.first),
             width = hn::Set(d, line.width), stretch = hn::Set(d, line.stretch);
  const auto slope = hn::Set(d, line.slope), finer = hn::Set(d, line.finer);
  const auto rounding = hn::Set(d, line.rounding),
             finer_rounding = hn::Set(d, line.finer_rounding);
  const auto from = reinterpret_cast<const uint16_t*>(samples);
  size_t x = 0;
  for (; x + hn::Lanes(d) <= count; x += hn::Lanes(d)) {
    const auto sample = hn::Xor(hn::LoadU(d, from + x), flipped);
    const auto n = hn::Mul(hn::Min(hn::SaturatedSub(sample, first), width), stretch);
    const auto fine = hn::AverageRound(hn::MulHigh(n, finer), finer_rounding);
    const auto lower = hn::ShiftRight<1>(hn::Mul(n, slope));
    const auto carry = hn::ShiftRight<14>(hn::AverageRound(fine, lower));
    const auto scaled = hn::Add(hn::Add(hn::MulHigh(n, slope), rounding), carry);
    hn::StoreU(hn::TruncateTo(narrow, hn::ShiftRight<6>(scaled)), narrow, levels + x);
  }
  plain::integer_levels(samples + 2 * x, count - x, line, levels + x);
}

void add_levels(const uint8_t* levels, size_t count, uint8_t* sums) {
  const hn::ScalableTag<uint8_t> d;
  size_t x = 0;
  for (; x + hn::Lanes(d) <= count; x += hn::Lanes(d))
    hn::StoreU(hn::SaturatedAdd(hn::LoadU(d, sums + x), hn::LoadU(d, levels + x)), d,
               sums + x);
  plain::add_levels(levels + x, count - x, sums + x);
}

void add_parts(const uint8_t* levels, size_t count, uint16_t factor, uint8_t* sums) {
  const hn::ScalableTag<uint8_t> d;
  const hn::Repartition<uint16_t, decltype(d)> pairs;
  const auto by = hn::Set(pairs, factor), high = hn::Set(pairs, 0xff00);
  size_t x = 0;
  for (; x + hn::Lanes(d) <= count; x += hn::Lanes(d)) {
    const auto two = hn::BitCast(pairs, hn::LoadU(d, levels + x));
    const auto odd = hn::And(hn::MulHigh(hn::And(two, high), by), high);
    const auto even = hn::ShiftRight<8>(hn::MulHigh(hn::ShiftLeft<8>(two), by));
    hn::StoreU(
      hn::SaturatedAdd(hn::LoadU(d, sums + x), hn::BitCast(d, hn::Or(odd, even))), d,
      sums + x);
  }
  plain::add_parts(levels + x, count - x, factor, sums + x);
}

void interleave(const uint8_t* red, const uint8_t* green, const uint8_t* blue,
                size_t count, uint8_t* rgb) {
  const hn::ScalableTag<uint8_t> d;
  size_t x = 0;
  for (; x + hn::Lanes(d) <= count; x += hn::Lanes(d))
    hn::StoreInterleaved3(hn::LoadU(d, red + x), hn::LoadU(d, green + x),
                          hn::LoadU(d, blue + x), d, rgb + 3 * x);
  plain::interleave(red + x, green + x, blue + x, count - x, rgb + 3 * x);
}

#endif
} // namespace troupe::render::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace troupe::render::kernels {

HWY_EXPORT(line_levels);
HWY_EXPORT(integer_levels);
HWY_EXPORT(add_levels);
HWY_EXPORT(add_parts);
HWY_EXPORT(interleave);

void line_levels(pixel_type type, const uint8_t* samples, size_t count,
                 const straight_line& line, uint8_t* levels) {
  HWY_DYNAMIC_DISPATCH(line_levels)(type, samples, count, line, levels);
}

void integer_levels(const uint8_t* samples, size_t count, const integer_line& line,
                    uint8_t* levels) {
  HWY_DYNAMIC_DISPATCH(integer_levels)(samples, count, line, levels);
}

void add_levels(const uint8_t* levels, size_t count, uint8_t* sums) {
  HWY_DYNAMIC_DISPATCH(add_levels)(levels, count, sums);
}

void add_parts(const uint8_t* levels, size_t count, uint16_t factor, uint8_t* sums) {
  HWY_DYNAMIC_DISPATCH(add_parts)(levels, count, factor, sums);
}

void interleave(const uint8_t* red, const uint8_t* green, const uint8_t* blue,
                size_t count, uint8_t* rgb) {
  HWY_DYNAMIC_DISPATCH(interleave)(red, green, blue, count, rgb);
}

} // namespace troupe::render::kernels
#endif
