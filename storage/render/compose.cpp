#include "storage/render/compose.hpp"

#include "storage/failure.hpp"
#include "storage/render/row_source.hpp"

#include <algorithm>

namespace troupe::render {
namespace {

/// Layers that are added in one go: their colours together never pass 255.
using group = std::span<const row_source>;
constexpr size_t largest_group = 3;

template <class Sample, size_t Count>
void add_tables(group layers, int32_t y, std::span<packed_color> to) {
  const uint8_t* rows[Count];
  const packed_color* tables[Count];
  for (size_t i = 0; i < Count; ++i) {
    rows[i] = layers[i].row(y);
    tables[i] = layers[i].table();
  }
  for (size_t x = 0; x < to.size(); ++x) {
    packed_color sum = 0;
    for (size_t i = 0; i < Count; ++i)
      sum += tables[i][sample_at<Sample>(rows[i], x)];
    to[x] = sum;
  }
}

template <class Sample>
void add_tables(group layers, int32_t y, std::span<packed_color> to) {
  switch (layers.size()) {
    case 3: return add_tables<Sample, 3>(layers, y, to);
    case 2: return add_tables<Sample, 2>(layers, y, to);
    default: return add_tables<Sample, 1>(layers, y, to);
  }
}

void draw_group(group layers, int32_t y, std::span<packed_color> to) {
  switch (layers[0].table_width()) {
    case 1: return add_tables<uint8_t>(layers, y, to);
    case 2: return add_tables<uint16_t>(layers, y, to);
    default: return layers[0].compute(y, to);
  }
}

bool fits(packed_color a, packed_color b) {
  for (auto shift : {0, 8, 16})
    if ((a >> shift & 0xff) + (b >> shift & 0xff) > 255)
      return false;
  return true;
}

std::vector<group> groups_of(const std::vector<row_source>& layers) {
  std::vector<group> groups;
  packed_color brightest = 0;
  for (auto& l : layers) {
    const auto joins = !groups.empty() && groups.back().size() < largest_group
                       && l.table_width() != 0
                       && l.table_width() == groups.back()[0].table_width()
                       && fits(brightest, l.brightest());
    if (joins)
      groups.back() = {groups.back().data(), groups.back().size() + 1};
    else
      groups.push_back({&l, 1});
    brightest = joins ? brightest + l.brightest() : l.brightest();
  }
  return groups;
}

/// Adds bytes, each ends at 255. Written so that the compiler makes vectors of it.
void add_saturated(std::span<packed_color> sums, std::span<const packed_color> more) {
  const auto to = reinterpret_cast<uint8_t*>(sums.data());
  const auto from = reinterpret_cast<const uint8_t*>(more.data());
  for (size_t i = 0; i < sums.size_bytes(); ++i)
    to[i] = static_cast<uint8_t>(
      to[i] + std::min<uint8_t>(from[i], static_cast<uint8_t>(~to[i])));
}

/// Drops every fourth byte. Writes up to `slack` bytes beyond the row.
constexpr size_t slack = 5;
void write_row(std::span<const packed_color> colors, uint8_t* to) {
  for (size_t x = 0; x + 1 < colors.size(); x += 2, to += 6) {
    const auto two = colors[x] | uint64_t{colors[x + 1]} << 24;
    std::memcpy(to, &two, sizeof two);
  }
  if (colors.size() % 2 == 1)
    std::memcpy(to, &colors.back(), 3);
}

void check(const layer& l, extent size) {
  const auto& p = *l.plane;
  if (p.width != size.width || p.height != size.height
      || p.samples.size() != static_cast<size_t>(p.width) * p.height * bytes_of(p.type)
      || p.type != l.levels.type)
    throw failure{errc::internal, "a plane to draw has another size"};
}

} // namespace

picture compose(const std::vector<layer>& layers, extent size) {
  if (size.width < 0 || size.height < 0)
    throw failure{errc::internal, "a picture of negative size"};
  std::vector<row_source> sources;
  for (auto& l : layers) {
    check(l, size);
    sources.emplace_back(l);
  }
  const auto groups = groups_of(sources);
  const auto width = static_cast<size_t>(size.width);
  picture out{size.width, size.height, {}};
  out.rgb.resize(width * static_cast<size_t>(size.height) * 3 + slack);
  std::vector<packed_color> sums(width), more(width);
  for (int32_t y = 0; y < size.height; ++y) {
    for (size_t i = 0; i < groups.size(); ++i) {
      draw_group(groups[i], y, i == 0 ? sums : more);
      if (i > 0)
        add_saturated(sums, more);
    }
    write_row(sums, out.rgb.data() + static_cast<size_t>(y) * width * 3);
  }
  out.rgb.resize(out.rgb.size() - slack);
  return out;
}

} // namespace troupe::render
