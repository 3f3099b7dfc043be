// Stacks written by ImageJ: sizes are lines of text in the ImageDescription.

#include "storage/failure.hpp"
#include "storage/formats/limits.hpp"
#include "storage/formats/tiff_block.hpp"
#include "storage/formats/tiff_contents.hpp"
#include "storage/text.hpp"

#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <sstream>

namespace troupe::formats {
namespace {

using lines = std::map<std::string, std::string>;

lines lines_of(const std::string& text) {
  lines result;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);)
    if (auto equals = line.find('='); equals != std::string::npos)
      result[line.substr(0, equals)] = line.substr(equals + 1);
  return result;
}

int32_t count_of(const lines& from, const std::string& key) {
  int32_t value = 1;
  if (auto found = from.find(key); found != from.end()) {
    const auto& text = found->second;
    std::from_chars(text.data(), text.data() + text.size(), value);
  }
  return value > 0 ? value : 1;
}

std::optional<double> positive(const lines& from, const std::string& key) {
  const auto found = from.find(key);
  if (found == from.end())
    return std::nullopt;
  double value = 0;
  const auto& text = found->second;
  std::from_chars(text.data(), text.data() + text.size(), value);
  if (!std::isfinite(value) || value <= 0)
    return std::nullopt;
  return value;
}

std::string unit_of(const lines& from) {
  const auto found = from.find("unit");
  if (found == from.end() || found->second == "pixel" || found->second == "pixels")
    return {};
  auto unit = found->second;
  if (unit == "micron" || unit == "microns" || unit == "um" || unit == "\\u00B5m"
      || unit == "\xb5m" || unit == "\u03bcm")
    return "µm";
  return unit == "inch" ? "in" : clean_text(unit, 20);
}

std::optional<quantity> pixel_size(const tiff_file& file, uint32_t tag,
                                   const std::string& unit) {
  float per_unit = 0;
  if (unit.empty() || !TIFFGetField(file.get(), tag, &per_unit))
    return std::nullopt;
  const auto size = 1.0 / static_cast<double>(per_unit);
  if (!std::isfinite(size) || size <= 0)
    return std::nullopt;
  return quantity{size, unit};
}

dimensions sizes_of(const lines& from, const tiff_shape& page, size_t pages) {
  dimensions d{page.size.width, page.size.height, count_of(from, "slices"),
               count_of(from, "channels"), count_of(from, "frames")};
  const auto images = int64_t{d.z} * d.c * d.t;
  const auto declared = count_of(from, "images");
  if (images > limits::max_planes || images > declared)
    throw failure{errc::unreadable,
                  fmt::format("its ImageJ description declares {} x {} x {} "
                              "planes, but {} images",
                              d.z, d.c, d.t, declared)};
  if (images != declared && images == 1)
    d.z = declared; // old stacks say only how many images there are
  if (int64_t{d.z} * d.c * d.t > static_cast<int64_t>(pages))
    throw failure{
      errc::unreadable,
      fmt::format("its ImageJ description declares {} images, the file has {}", declared,
                  pages)};
  return d;
}

/// Stacks too large for a classic TIFF: one directory, all planes one after the other.
void continue_stack(tiff_pages& pages, tiff_file& file, int32_t count) {
  file.enter(pages.at(0).offset);
  const auto& shape = pages.shape_of(0);
  const auto bytes = uint64_t{bytes_of(shape.type)} * static_cast<uint64_t>(shape.stored)
                     * static_cast<uint64_t>(shape.size.width)
                     * static_cast<uint64_t>(shape.size.height);
  if (!shape.coding.direct || shape.planar || shape.block.height != shape.size.height)
    return;
  const auto start = find_block(file, shape, 0)->offset;
  const auto there = (static_cast<uint64_t>(file.bytes()) - start) / bytes;
  for (uint64_t i = 1; i < std::min(there, static_cast<uint64_t>(count)); ++i) {
    pages.pages.push_back(pages.pages.front());
    pages.pages.back().further = i * bytes;
  }
}

} // namespace

tiff_contents arrange_imagej(tiff_pages& pages, tiff_file& file,
                             const std::string& description) {
  const auto text = lines_of(description);
  const auto declared = count_of(text, "images");
  if (pages.count() == 1 && declared > 1)
    continue_stack(pages, file, declared);
  const auto first = pages.shape_of(0);
  tiff_image image{series_of(first), {}};
  const auto size = sizes_of(text, first, pages.pages.size());
  if (size.c > limits::max_planes / first.samples)
    throw failure{errc::unreadable, "it declares too many channels"};
  image.what.size = size;
  image.what.size.c = size.c * first.samples;
  image.what.rgb = first.rgb && size.c == 1;
  image.planes = {size.z, size.c, first.samples, {}};
  image.planes.pages.resize(static_cast<size_t>(size.z) * size.c * size.t);
  int32_t page = 0; // channels change fastest, then Z, then time
  for (int32_t t = 0; t < size.t; ++t)
    for (int32_t z = 0; z < size.z; ++z)
      for (int32_t c = 0; c < size.c; ++c, ++page) {
        const auto& d = pages.shape_of(page);
        if (d.size != first.size || d.type != first.type || d.samples != first.samples)
          throw failure{errc::unreadable,
                        fmt::format("page {} has another size", page + 1)};
        image.planes.pages[image.planes.index(z, c, t)] = page;
      }
  add_channels(image.what);
  const auto unit = unit_of(text);
  file.enter(pages.at(0).offset);
  image.what.physical_x = pixel_size(file, TIFFTAG_XRESOLUTION, unit);
  image.what.physical_y = pixel_size(file, TIFFTAG_YRESOLUTION, unit);
  if (const auto spacing = positive(text, "spacing");
      spacing && !unit.empty() && size.z > 1)
    image.what.physical_z = quantity{*spacing, unit};
  if (const auto interval = positive(text, "finterval"))
    image.what.time_increment = quantity{*interval, "s"};
  tiff_contents contents{"TIFF", {std::move(image)}, {}};
  for (auto& [key, value] : text)
    contents.facts.emplace_back(clean_text(key, 200), clean_text(value, 2000));
  return contents;
}

} // namespace troupe::formats
