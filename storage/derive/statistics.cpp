#include "storage/derive/statistics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

namespace troupe::derive {
namespace {

constexpr auto endless = std::numeric_limits<double>::infinity();
constexpr size_t bins = 256;

/// Lowest value of a type whose values can all be counted one by one.
int32_t lowest(pixel_type type) {
  switch (type) {
    case pixel_type::int8: return INT8_MIN;
    case pixel_type::int16: return INT16_MIN;
    default: return 0;
  }
}

/// Neighbours are often equal: four tables, so that one count need not wait for the
/// other. Signed values count as if unsigned; of() puts them in order.
void count_bytes(const pixel_rows& r, size_t sample, std::vector<uint64_t>& counts) {
  std::array<std::array<uint32_t, 256>, 4> tables{};
  for (size_t y = 0; y < r.height; ++y) {
    auto p = r.data + y * r.stride + sample;
    size_t x = 0;
    for (; x + 4 <= r.width; x += 4, p += 4 * r.samples)
      for (size_t i = 0; i < 4; ++i)
        ++tables[i][p[i * r.samples]];
    for (; x < r.width; ++x, p += r.samples)
      ++tables[0][*p];
  }
  for (size_t v = 0; v < 256; ++v)
    counts[v] += uint64_t{tables[0][v]} + tables[1][v] + tables[2][v] + tables[3][v];
}

void count_words(const pixel_rows& r, size_t sample, std::vector<uint64_t>& counts) {
  for (size_t y = 0; y < r.height; ++y) {
    auto p = r.data + y * r.stride + sample * 2;
    for (size_t x = 0; x < r.width; ++x, p += 2 * r.samples) {
      uint16_t v;
      std::memcpy(&v, p, 2);
      ++counts[v];
    }
  }
}

/// Calls take(value) for every finite sample.
template <class Sample, class Take>
void each_finite(const pixel_rows& r, size_t sample, Take take) {
  for (size_t y = 0; y < r.height; ++y) {
    auto p = r.data + y * r.stride + sample * sizeof(Sample);
    for (size_t x = 0; x < r.width; ++x, p += r.samples * sizeof(Sample)) {
      Sample v;
      std::memcpy(&v, p, sizeof v);
      if constexpr (std::is_floating_point_v<Sample>)
        if (!std::isfinite(v))
          continue;
      take(v);
    }
  }
}

/// 256 equal bins from the first to the last value that occurs.
histogram binned(const std::vector<uint64_t>& counts, int32_t low, int32_t high,
                 int32_t lowest_value) {
  histogram out{static_cast<double>(low), static_cast<double>(high),
                std::vector<uint64_t>(bins), true};
  const auto span = std::max<int64_t>(1, int64_t{high} - low);
  for (auto v = low; v <= high; ++v) {
    const auto bin = std::min<int64_t>(bins - 1, (int64_t{v} - low) * bins / span);
    out.counts[static_cast<size_t>(bin)] += counts[static_cast<size_t>(v - lowest_value)];
  }
  return out;
}

} // namespace

sample_counter::channel& sample_counter::at(int32_t index) {
  const auto [found, made] =
    channels_.try_emplace(index, channel{endless, -endless, {}, {}});
  if (made && one_by_one_)
    found->second.counts.resize(size_t{1} << (8 * bytes_of(type_)));
  return found->second;
}

template <class Sample>
void sample_counter::spread(channel& c, const pixel_rows& rows, size_t sample) {
  auto low = std::numeric_limits<Sample>::max();
  auto high = std::numeric_limits<Sample>::lowest();
  each_finite<Sample>(rows, sample, [&](Sample v) {
    low = std::min(low, v);
    high = std::max(high, v);
  });
  if (low > high)
    return;
  c.min = std::min(c.min, static_cast<double>(low));
  c.max = std::max(c.max, static_cast<double>(high));
  c.spread.reach(c.min, c.max);
  each_finite<Sample>(rows, sample,
                      [&](Sample v) { c.spread.count(static_cast<double>(v)); });
}

void sample_counter::add_to(channel& c, const pixel_rows& rows, size_t sample) const {
  switch (type_) {
    case pixel_type::bit:
    case pixel_type::int8:
    case pixel_type::uint8: return count_bytes(rows, sample, c.counts);
    case pixel_type::int16:
      return one_by_one_ ? count_words(rows, sample, c.counts)
                         : spread<int16_t>(c, rows, sample);
    case pixel_type::uint16:
      return one_by_one_ ? count_words(rows, sample, c.counts)
                         : spread<uint16_t>(c, rows, sample);
    case pixel_type::int32: return spread<int32_t>(c, rows, sample);
    case pixel_type::uint32: return spread<uint32_t>(c, rows, sample);
    case pixel_type::float32: return spread<float>(c, rows, sample);
    case pixel_type::float64: return spread<double>(c, rows, sample);
    case pixel_type::complex64:
    case pixel_type::complex128: return;
  }
}

void sample_counter::add(int32_t first, const pixel_rows& rows) {
  for (size_t s = 0; s < rows.samples; ++s)
    add_to(at(first + static_cast<int32_t>(s)), rows, s);
}

void sample_counter::merge(const sample_counter& other) {
  for (auto& [index, from] : other.channels_) {
    auto& to = at(index);
    to.min = std::min(to.min, from.min);
    to.max = std::max(to.max, from.max);
    for (size_t v = 0; v < from.counts.size(); ++v)
      to.counts[v] += from.counts[v];
    to.spread.merge(from.spread);
  }
}

channel_statistics sample_counter::of(int32_t index) const {
  const auto found = channels_.find(index);
  if (found == channels_.end())
    return {endless, -endless, {}};
  auto counts = found->second.counts;
  if (counts.empty()) {
    const auto& [min, max, none, spread] = found->second;
    if (min > max)
      return {min, max, {}};
    return {min, max, {min, max, spread.between(min, max, bins), false}};
  }
  const auto low = lowest(type_);
  if (low < 0)
    std::rotate(counts.begin(), counts.end() + low, counts.end());
  const auto first = std::find_if(counts.begin(), counts.end(), [](auto n) { return n; });
  const auto last =
    std::find_if(counts.rbegin(), counts.rend(), [](auto n) { return n; });
  const auto min = low + static_cast<int32_t>(first - counts.begin());
  const auto max = low + static_cast<int32_t>(counts.rend() - last) - 1;
  const auto whole = counts.size() == bins; // a bin for every value
  const auto top = low + static_cast<int32_t>(bins) - 1;
  return {static_cast<double>(min), static_cast<double>(max),
          binned(counts, whole ? low : min, whole ? top : max, low)};
}

nlohmann::json sample_counter::save() const {
  auto all = nlohmann::json::array();
  for (auto& [index, c] : channels_)
    all.push_back({index, c.min, c.max, c.counts, c.spread.save()});
  return all;
}

void sample_counter::restore(const nlohmann::json& saved) {
  for (auto& c : saved)
    channels_[c.at(0)] = {c.at(1), c.at(2), c.at(3), folding_bins::restored(c.at(4))};
}

} // namespace troupe::derive
