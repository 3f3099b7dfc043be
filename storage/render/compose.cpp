#include "storage/render/compose.hpp"

#include "storage/failure.hpp"
#include "storage/render/level_cache.hpp"

#include <cstring>

namespace troupe::render {
namespace {

constexpr uint64_t lanes(uint64_t r, uint64_t g, uint64_t b) {
  return r | g << 16 | b << 32;
}

/// Ends every lane at 255. Lanes must be below 128 * 256.
uint64_t saturate(uint64_t x) {
  const auto over = x & lanes(0xff00, 0xff00, 0xff00);
  if (over == 0)
    return x;
  const auto full = ((over + lanes(0x7f00, 0x7f00, 0x7f00)) >> 15) & lanes(1, 1, 1);
  return (x | full * 0xff) & lanes(0xff, 0xff, 0xff);
}

/// One row of one layer: knows how a sample becomes a level.
class row_adder {
public:
  explicit row_adder(const layer& l) : layer_{&l}, adds_{contributions(l)} {
    static thread_local level_cache tables;
    if (bytes_of(l.plane->type) <= 2)
      table_ = tables.get(l.levels);
    else
      levels_.emplace(l.levels);
  }

  void add(int32_t y, uint64_t* sums, int32_t width) const {
    const auto row = layer_->plane->samples.data()
                     + static_cast<size_t>(y) * width * bytes_of(layer_->plane->type);
    switch (layer_->plane->type) {
    case pixel_type::bit:
    case pixel_type::int8:
    case pixel_type::uint8:
      return add_tabled<uint8_t>(row, sums, width);
    case pixel_type::int16:
    case pixel_type::uint16:
      return add_tabled<uint16_t>(row, sums, width);
    case pixel_type::int32:
      return add_computed<int32_t>(row, sums, width);
    case pixel_type::uint32:
      return add_computed<uint32_t>(row, sums, width);
    case pixel_type::float32:
      return add_computed<float>(row, sums, width);
    case pixel_type::float64:
      return add_computed<double>(row, sums, width);
    case pixel_type::complex64:
    case pixel_type::complex128:
      break; // refused by the quantiser
    }
  }

private:
  template <class Sample>
  static Sample at(const uint8_t* row, int32_t x) {
    Sample s;
    std::memcpy(&s, row + static_cast<size_t>(x) * sizeof(Sample), sizeof(Sample));
    return s;
  }

  template <class Sample>
  void add_tabled(const uint8_t* row, uint64_t* sums, int32_t width) const {
    const auto levels = table_->data();
    const auto adds = adds_.data();
    for (int32_t x = 0; x < width; ++x)
      sums[x] += adds[levels[at<Sample>(row, x)]];
  }

  template <class Sample>
  void add_computed(const uint8_t* row, uint64_t* sums, int32_t width) const {
    for (int32_t x = 0; x < width; ++x)
      sums[x] += adds_[levels_->level(static_cast<double>(at<Sample>(row, x)))];
  }

  const layer* layer_;
  std::array<uint64_t, 256> adds_;
  std::shared_ptr<const level_table> table_;
  std::optional<quantiser> levels_;
};

void check(const layer& l, extent size) {
  const auto& p = *l.plane;
  if (p.width != size.width || p.height != size.height
      || p.samples.size() != static_cast<size_t>(p.width) * p.height * bytes_of(p.type)
      || p.type != l.levels.type)
    throw failure{errc::internal, "a plane to draw has another size"};
}

} // namespace

std::array<uint64_t, 256> contributions(const layer& l) {
  std::array<uint64_t, 256> adds{};
  const auto dim = static_cast<float>(l.color.alpha) / 255.0f;
  auto component = [&](uint8_t color, size_t level) -> uint64_t {
    auto p = static_cast<int32_t>((color / 255.0) * static_cast<double>(level));
    if (l.color.alpha != 255)
      p = static_cast<int32_t>(static_cast<float>(p) * dim);
    return static_cast<uint64_t>(p);
  };
  for (size_t level = 0; level < adds.size(); ++level)
    adds[level] =
        l.grey ? lanes(level, level, level)
               : lanes(component(l.color.red, level), component(l.color.green, level),
                       component(l.color.blue, level));
  return adds;
}

picture compose(const std::vector<layer>& layers, extent size) {
  if (size.width < 0 || size.height < 0)
    throw failure{errc::internal, "a picture of negative size"};
  const auto width = static_cast<size_t>(size.width);
  picture out{size.width, size.height, {}};
  out.rgb.resize(width * static_cast<size_t>(size.height) * 3);
  std::vector<row_adder> adders;
  for (auto& l : layers) {
    check(l, size);
    adders.emplace_back(l);
  }
  std::vector<uint64_t> sums(width);
  auto to = out.rgb.data();
  for (int32_t y = 0; y < size.height; ++y) {
    std::fill(sums.begin(), sums.end(), 0);
    for (size_t i = 0; i < adders.size(); ++i) {
      if (i % 100 == 99) // before a lane could spill into the next
        for (auto& s : sums)
          s = saturate(s);
      adders[i].add(y, sums.data(), size.width);
    }
    for (auto s : sums) {
      s = saturate(s);
      to[0] = static_cast<uint8_t>(s);
      to[1] = static_cast<uint8_t>(s >> 16);
      to[2] = static_cast<uint8_t>(s >> 32);
      to += 3;
    }
  }
  return out;
}

} // namespace troupe::render
