#include "storage/render/scale.hpp"

#include "storage/failure.hpp"

#include <algorithm>
#include <cmath>

namespace troupe::render {
namespace {

/// The source pixels one target pixel is the mean of.
struct cell {
  int32_t first = 0;
  std::vector<float> weights; // add up to 1
};

/// Shrinking: the covered interval, ends by their share. Enlarging: the nearest pixel.
std::vector<cell> cells(int32_t from, int32_t to) {
  std::vector<cell> result(static_cast<size_t>(to));
  const auto step = static_cast<double>(from) / to;
  for (int32_t i = 0; i < to; ++i) {
    auto& c = result[static_cast<size_t>(i)];
    if (step <= 1) {
      c.first = std::min(from - 1, static_cast<int32_t>((i + 0.5) * step));
      c.weights = {1};
      continue;
    }
    const auto begin = i * step;
    const auto end = std::min<double>(from, (i + 1) * step);
    c.first = static_cast<int32_t>(begin);
    for (auto x = c.first; x < end; ++x) {
      const auto share = std::min<double>(end, x + 1) - std::max<double>(begin, x);
      c.weights.push_back(static_cast<float>(share / (end - begin)));
    }
  }
  return result;
}

void squeeze_row(const uint8_t* from, const std::vector<cell>& columns, float* to) {
  for (auto& c : columns) {
    float sum[3] = {0, 0, 0};
    auto pixel = from + static_cast<size_t>(c.first) * 3;
    for (auto w : c.weights) {
      for (auto i = 0; i < 3; ++i)
        sum[i] += w * pixel[i];
      pixel += 3;
    }
    to = std::copy(sum, sum + 3, to);
  }
}

} // namespace

picture scale(const picture& from, extent want) {
  if (want.width < 1 || want.height < 1 || from.width < 1 || from.height < 1)
    throw failure{errc::bad_request, "a picture needs at least one pixel"};
  const auto columns = cells(from.width, want.width);
  const auto rows = cells(from.height, want.height);
  const auto row_size = static_cast<size_t>(want.width) * 3;
  picture out{want.width, want.height, {}};
  out.rgb.reserve(row_size * rows.size());
  std::vector<float> squeezed(row_size), sum(row_size);
  for (auto& r : rows) {
    std::fill(sum.begin(), sum.end(), 0.0f);
    auto source = from.rgb.data() + static_cast<size_t>(r.first) * from.width * 3;
    for (auto w : r.weights) {
      squeeze_row(source, columns, squeezed.data());
      for (size_t i = 0; i < row_size; ++i)
        sum[i] += w * squeezed[i];
      source += static_cast<size_t>(from.width) * 3;
    }
    for (auto v : sum)
      out.rgb.push_back(static_cast<uint8_t>(std::min(255.0f, v + 0.5f)));
  }
  return out;
}

extent thumbnail_size(extent full, int32_t longest) {
  const auto ratio =
    static_cast<float>(longest) / static_cast<float>(std::max(full.width, full.height));
  auto other = [&](int32_t side) {
    return std::max(1, static_cast<int32_t>(static_cast<float>(side) * ratio));
  };
  if (full.width > full.height)
    return {longest, other(full.height)};
  return {other(full.width), longest};
}

extent omero_scaled_size(extent full, extent want) {
  auto side = [](int32_t from, int32_t to) {
    const auto source = static_cast<float>(from);
    return std::max(3, static_cast<int32_t>(source * (static_cast<float>(to) / source)));
  };
  return {side(full.width, want.width), side(full.height, want.height)};
}

size_t thumbnail_level(const std::vector<extent>& levels, extent want, profile rules) {
  if (rules == profile::omero) {
    for (size_t i = 0; i < levels.size(); ++i)
      if (levels[i].width <= want.width || levels[i].height <= want.height)
        return i;
    return levels.empty() ? 0 : levels.size() - 1;
  }
  for (auto i = levels.size(); i-- > 0;)
    if (levels[i].width >= want.width && levels[i].height >= want.height)
      return i;
  return 0;
}

} // namespace troupe::render
