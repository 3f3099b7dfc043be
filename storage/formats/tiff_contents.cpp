#include "storage/formats/tiff_contents.hpp"

#include "storage/failure.hpp"
#include "storage/formats/limits.hpp"
#include "storage/text.hpp"

#include <cmath>

namespace troupe::formats {
namespace {

bool same_picture(const tiff_shape& a, const tiff_shape& b) {
  return a.size == b.size && a.type == b.type && a.samples == b.samples && a.rgb == b.rgb;
}

/// Writers of pyramids that do not mark them halve the size, and halve it again.
bool is_halved(const tiff_shape& small, const tiff_shape& page) {
  const auto ratio = std::exp2(
    std::round(std::log2(static_cast<double>(page.size.width) / small.size.width)));
  return small.tiled && page.tiled && ratio >= 2
         && std::abs(small.size.width * ratio - page.size.width) <= ratio
         && std::abs(small.size.height * ratio - page.size.height) <= ratio;
}

/// Whether `small` can be a resolution level of `page`.
bool is_level(const tiff_shape& small, const tiff_shape& page) {
  if (small.type != page.type || small.samples != page.samples
      || small.size.width >= page.size.width || small.size.height >= page.size.height)
    return false;
  const auto across = static_cast<double>(page.size.width) / small.size.width;
  const auto height = page.size.height / across;
  return small.reduced ? std::abs(height - small.size.height) <= 2
                       : is_halved(small, page);
}

tiff_image image_of(const tiff_pages& pages, std::vector<int32_t> planes) {
  tiff_image image;
  image.what = series_of(pages.shape_of(planes.front()));
  image.what.size.z = static_cast<int32_t>(planes.size());
  add_channels(image.what);
  image.planes = {image.what.size.z, 1, image.what.size.c, std::move(planes)};
  return image;
}

} // namespace

bool is_ome(const std::string& description) {
  const auto start = description.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  return start != std::string::npos && description[start] == '<'
         && (description.find("<OME") != std::string::npos
             || description.find(":OME") != std::string::npos);
}

bool is_imagej(const std::string& description) {
  return description.starts_with("ImageJ=");
}

series series_of(const tiff_shape& page) {
  series s;
  s.size = {page.size.width, page.size.height, 1, page.samples, 1};
  s.type = page.type;
  const auto is_integer =
    page.type != pixel_type::bit && page.type != pixel_type::float32;
  const auto spread = page.coding.factor != 1 || !page.coding.palette.empty();
  if (page.coding.bits < 8 * bytes_of(page.type) && is_integer && !spread)
    s.significant_bits = page.coding.bits;
  s.rgb = page.rgb;
  return s;
}

void add_channels(series& s) {
  s.channels.resize(static_cast<size_t>(s.size.c));
}

tiff_contents arrange_plain(tiff_pages& pages, const std::string& text) {
  std::vector<std::vector<int32_t>> groups;
  auto base = no_page;
  for (int32_t i = 0; i < pages.count(); ++i) {
    if (base != no_page && is_level(pages.shape_of(i), pages.shape_of(base))) {
      pages.pages[static_cast<size_t>(base)].levels.push_back(pages.at(i).offset);
      continue;
    }
    if (base != no_page && same_picture(pages.shape_of(i), pages.shape_of(base)))
      groups.back().push_back(i);
    else
      groups.push_back({i});
    base = i;
  }
  if (groups.size() > static_cast<size_t>(limits::max_series))
    throw failure{errc::unreadable, "it has too many images"};
  tiff_contents contents{"TIFF", {}};
  for (auto& g : groups)
    contents.images.push_back(image_of(pages, std::move(g)));
  if (!text.empty())
    contents.images.front().what.description = clean_text(text);
  return contents;
}

} // namespace troupe::formats
