#include "http/open/zarr/labels.hpp"

#include "http/open/zarr/image.hpp"
#include "storage/regions/areas.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace troupe::http::zarr {

namespace {

json color_row(const masked_region& r) {
  return {{"label-value", r.id},
          {"rgba", {r.color->red, r.color->green, r.color->blue, r.color->alpha}}};
}

json image_label_of(const masked_regions& masks) {
  auto colors = json::array(), properties = json::array();
  for (auto& r : masks.regions) {
    if (r.color)
      colors.push_back(color_row(r));
    properties.push_back({{"label-value", r.id}, {"name", r.name}});
  }
  json out{{"source", {{"image", "../../"}}}, {"properties", std::move(properties)}};
  if (!colors.empty())
    out["colors"] = std::move(colors);
  return out;
}

/// One axis: from pixels of the full size to those of a level.
class axis_scale {
public:
  axis_scale(int32_t full, int32_t level)
    : last_{full - 1},
      factor_{factor_of(full, level)} {}
  int32_t of_level(int32_t at) const { return static_cast<int32_t>(at / factor_); }
  /// The pixel of the full size in the middle of one of the level.
  int32_t middle(int32_t of_level) const {
    return std::min(last_, static_cast<int32_t>((of_level + 0.5) * factor_));
  }
  int32_t first(int32_t of_level) const {
    return static_cast<int32_t>(of_level * factor_);
  }
  int32_t end(int32_t of_level) const {
    return static_cast<int32_t>(std::ceil(of_level * factor_));
  }

private:
  int32_t last_;
  double factor_;
};

/// Draws one mask at a time.
class label_canvas {
public:
  label_canvas(extent full, extent level, const region& where)
    : x_{full.width, level.width},
      y_{full.height, level.height},
      where_{where},
      seen_{full_region(full, level, where)} {}

  void draw(const metadata::shape& mask, uint32_t label) {
    for (auto& flat : regions::flattened(mask))
      measurement::for_each_sample_of(regions::measured_shape(flat), seen_,
                                      [&](int32_t x, int32_t y) { set(x, y, label); });
  }

  shared_bytes samples() && { return shared_bytes{std::move(bytes_)}; }

private:
  void set(int32_t x, int32_t y, uint32_t label) {
    const auto column = x_.of_level(x), row = y_.of_level(y);
    if (x_.middle(column) != x || y_.middle(row) != y || column < where_.x
        || row < where_.y || column >= where_.x + where_.width
        || row >= where_.y + where_.height)
      return;
    const auto width = static_cast<size_t>(where_.width);
    bytes_.resize(width * static_cast<size_t>(where_.height) * sizeof label);
    const auto at = static_cast<size_t>(row - where_.y) * width
                    + static_cast<size_t>(column - where_.x);
    for (size_t i = 0; i < sizeof label; ++i)
      bytes_[at * sizeof label + i] = static_cast<uint8_t>(label >> 8 * i);
  }

  axis_scale x_, y_;
  region where_, seen_;
  std::vector<uint8_t> bytes_; ///< empty until something is drawn
};

} // namespace

void add_labels(hierarchy& to, const image_details& image, const masked_regions& masks,
                const json& beside, version v) {
  if (std::find(beside.begin(), beside.end(), "rois") != beside.end())
    return;
  auto names = beside;
  names.push_back("rois");
  to["labels"].attributes = ome_attributes(v, {{"labels", std::move(names)}});
  to[label_path].attributes =
    ome_attributes(v, {{"multiscales", multiscales_of(image, "rois")},
                       {"image-label", image_label_of(masks)}});
  for (size_t level = 0; level < image.levels.size(); ++level)
    to[label_path + "/" + std::to_string(level)].array = label_layout(
      level_layout(image.entry.size, image.levels[level], image.tile, image.entry.type));
}

array_layout label_layout(array_layout image) {
  image.size.c = 1;
  image.type = pixel_type::uint32;
  return image;
}

region full_region(extent full, extent level, const region& where) {
  const axis_scale x{full.width, level.width}, y{full.height, level.height};
  const auto left = x.first(where.x), top = y.first(where.y);
  return {left, top, std::min(x.end(where.x + where.width), full.width) - left,
          std::min(y.end(where.y + where.height), full.height) - top};
}

shared_bytes drawn_labels(const placed_masks& masks, extent full, extent level,
                          const region& where) {
  label_canvas canvas{full, level, where};
  for (auto& m : masks.masks)
    if (m.region <= std::numeric_limits<uint32_t>::max())
      canvas.draw(m.what, static_cast<uint32_t>(m.region));
  return std::move(canvas).samples();
}

} // namespace troupe::http::zarr
