#include "storage/render/scale.hpp"

#include "storage/failure.hpp"

#include <algorithm>
#include <cmath>

namespace troupe::render {
namespace {

/// Shrinking: the covered interval, ends by their share. Enlarging: the nearest pixel.
std::vector<scaled_pixel> scaled_side(int32_t from, int32_t to) {
  if (from < 1 || to < 1)
    throw failure{errc::bad_request, "a picture needs at least one pixel"};
  std::vector<scaled_pixel> result(static_cast<size_t>(to));
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

void squeeze_row(const uint8_t* from, const std::vector<scaled_pixel>& columns,
                 float* to) {
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

row_scaler::row_scaler(extent from, extent want)
  : columns_{scaled_side(from.width, want.width)},
    rows_{scaled_side(from.height, want.height)},
    squeezed_(columns_.size() * 3),
    sum_(squeezed_.size()),
    out_{want.width, want.height, {}} {
  out_.rgb.reserve(squeezed_.size() * rows_.size());
}

void row_scaler::add(const uint8_t* row) {
  const auto y = y_++;
  if (next_ < rows_.size() && rows_[next_].first <= y)
    squeeze_row(row, columns_, squeezed_.data());
  for (; next_ < rows_.size() && rows_[next_].first <= y; ++next_) {
    auto& r = rows_[next_];
    const auto place = static_cast<size_t>(y - r.first);
    for (size_t i = 0; i < sum_.size(); ++i)
      sum_[i] += r.weights[place] * squeezed_[i];
    if (place + 1 < r.weights.size())
      return; // the next source row belongs to it too
    for (auto& v : sum_)
      out_.rgb.push_back(static_cast<uint8_t>(std::min(255.0f, v + 0.5f)));
    std::fill(sum_.begin(), sum_.end(), 0.0f);
  }
}

picture scale(const picture& from, extent want) {
  row_scaler to{{from.width, from.height}, want};
  for (int32_t y = 0; y < from.height; ++y)
    to.add(from.rgb.data() + static_cast<size_t>(y) * from.width * 3);
  return to.take();
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
