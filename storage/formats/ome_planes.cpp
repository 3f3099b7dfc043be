// OME-XML and TIFF pages together: which page is which plane.

#include "storage/failure.hpp"
#include "storage/formats/limits.hpp"
#include "storage/formats/ome_xml.hpp"
#include "storage/formats/tiff_contents.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace troupe::formats {
namespace {

failure unreadable(std::string detail) {
  return {errc::unreadable, std::move(detail)};
}

/// Whether a TiffData element speaks of this file.
bool is_here(const ome_tiff_data& place, const std::string& own_uuid,
             const std::string& own_name) {
  if (place.uuid.empty() && place.file_name.empty())
    return true;
  return (!own_uuid.empty() && place.uuid == own_uuid)
         || (!place.file_name.empty() && place.file_name == own_name);
}

/// Position of a plane in the order of the file, and back.
class plane_order {
public:
  plane_order(const std::string& order, int32_t z, int32_t groups, int32_t t)
    : sizes_{z, groups, t} {
    for (size_t i = 0; i < 3; ++i)
      axes_[i] = order[i + 2] == 'Z' ? 0 : order[i + 2] == 'C' ? 1 : 2;
  }
  int64_t count() const { return sizes_[0] * sizes_[1] * sizes_[2]; }
  int64_t index(const std::array<int64_t, 3>& zct) const {
    return zct[axes_[0]]
           + sizes_[axes_[0]] * (zct[axes_[1]] + sizes_[axes_[1]] * zct[axes_[2]]);
  }
  std::array<int64_t, 3> plane(int64_t index) const {
    std::array<int64_t, 3> zct{};
    for (auto axis : axes_) {
      zct[axis] = index % sizes_[axis];
      index /= sizes_[axis];
    }
    return zct;
  }
  bool holds(const std::array<int64_t, 3>& zct) const {
    for (size_t i = 0; i < 3; ++i)
      if (zct[i] < 0 || zct[i] >= sizes_[i])
        return false;
    return true;
  }

private:
  std::array<int64_t, 3> sizes_; // z, channel groups, t
  std::array<size_t, 3> axes_;   // fastest first
};

void assign(const ome_tiff_data& place, const plane_order& order, int64_t pages,
            tiff_image& image) {
  const auto first = place.page.value_or(0);
  const std::array<int64_t, 3> start{place.first_z, place.first_c, place.first_t};
  if (!order.holds(start))
    throw unreadable("its OME-XML places a plane outside the image");
  const auto from = order.index(start);
  const auto count =
    place.count.value_or(place.page ? 1 : std::min(pages, order.count() - from));
  if (first < 0 || count < 0 || first > pages || count > pages - first)
    throw unreadable(fmt::format("its OME-XML refers to page {} of {}",
                                 std::max(first, first + count - 1), pages));
  if (count > order.count() - from)
    throw unreadable("its OME-XML has more planes than the sizes allow");
  for (int64_t i = 0; i < count; ++i) {
    const auto [z, c, t] = order.plane(from + i);
    image.pages[image.plane(static_cast<int32_t>(z), static_cast<int32_t>(c),
                            static_cast<int32_t>(t))] = static_cast<int32_t>(first + i);
  }
}

/// The page that decides how many samples a page of this image has.
const tiff_directory& model_page(const ome_image& image, const tiff_pages& file_pages) {
  const auto first = image.places.empty() ? 0 : image.places.front().page.value_or(0);
  if (first < 0 || first >= static_cast<int64_t>(file_pages.pages.size()))
    throw unreadable(
      fmt::format("its OME-XML refers to page {} of {}", first, file_pages.pages.size()));
  return file_pages.pages[static_cast<size_t>(first)];
}

bool same_type(const tiff_directory& page, pixel_type declared) {
  // Without a SampleFormat tag the XML knows better whether samples are signed.
  return page.type == declared
         || (!page.format_known && bytes_of(page.type) == bytes_of(declared)
             && page.coding.bits == 8 * bytes_of(declared));
}

void check_pages(const tiff_image& image, const tiff_pages& file_pages) {
  const auto& s = image.what;
  int64_t present = 0;
  for (auto index : image.pages) {
    if (index == no_page)
      continue;
    ++present;
    const auto& page = file_pages.pages[static_cast<size_t>(index)];
    if (page.size != extent{s.size.x, s.size.y})
      throw unreadable(fmt::format("its OME-XML says {} x {} pixels, page {} has {} x {}",
                                   s.size.x, s.size.y, index, page.size.width,
                                   page.size.height));
    if (!same_type(page, s.type))
      throw unreadable(fmt::format("its OME-XML says {}, page {} has {}", name_of(s.type),
                                   index, name_of(page.type)));
    if (page.samples != image.samples)
      throw unreadable("its pages differ in samples per pixel");
  }
  if (present == 0 || present < static_cast<int64_t>(image.pages.size()) / 10)
    throw unreadable(fmt::format("its OME-XML declares {} planes, the file has {}",
                                 image.pages.size(), present));
}

/// One entry per channel: a Channel element stands for all of its samples.
void spread_channels(const ome_image& from, series& to) {
  to.channels.clear();
  for (size_t i = 0; i < from.what.channels.size(); ++i)
    to.channels.insert(to.channels.end(), static_cast<size_t>(from.samples[i]),
                       from.what.channels[i]);
  // Some writers leave SamplesPerPixel out: one element per page then.
  const auto groups = from.what.channels.size();
  if (to.channels.size() != static_cast<size_t>(to.size.c) && groups > 0
      && static_cast<size_t>(to.size.c) % groups == 0) {
    to.channels.clear();
    for (auto& c : from.what.channels)
      to.channels.insert(to.channels.end(), static_cast<size_t>(to.size.c) / groups, c);
  }
  add_channels(to);
  if (to.rgb)
    for (auto& c : to.channels)
      c.color.reset(); // red, green and blue are what they are
}

tiff_image arrange(const ome_image& from, const ome_document& document,
                   const tiff_pages& file_pages, const std::string& file_name) {
  for (auto& place : from.places)
    if (!is_here(place, document.uuid, file_name))
      throw unreadable("planes are in another file, missing "
                       + (place.file_name.empty() ? place.uuid : place.file_name));
  const auto& page = model_page(from, file_pages);
  tiff_image image;
  image.what = from.what;
  auto& s = image.what;
  image.samples = page.samples;
  if (s.size.c % image.samples != 0)
    throw unreadable(
      fmt::format("its OME-XML says {} channels, its pages have {} samples", s.size.c,
                  image.samples));
  s.rgb = page.rgb && s.size.c == image.samples;
  s.tile = page.block;
  s.levels = {page.size};
  spread_channels(from, s);
  const plane_order order{s.dimension_order, s.size.z, image.groups(), s.size.t};
  image.pages.assign(static_cast<size_t>(order.count()), no_page);
  const auto pages = static_cast<int64_t>(file_pages.pages.size());
  if (from.places.empty())
    assign({}, order, pages, image);
  for (auto& place : from.places)
    assign(place, order, pages, image);
  check_pages(image, file_pages);
  return image;
}

} // namespace

tiff_contents arrange_ome(const tiff_pages& file_pages, const std::string& file_name) {
  auto document = parse_ome_xml(file_pages.text);
  tiff_contents contents{"OME-TIFF", {}, std::move(document.facts)};
  int64_t planes = 0;
  for (auto& image : document.images) {
    contents.images.push_back(arrange(image, document, file_pages, file_name));
    planes += static_cast<int64_t>(contents.images.back().pages.size());
    if (planes > limits::max_planes)
      throw unreadable("its OME-XML declares too many planes");
  }
  return contents;
}

} // namespace troupe::formats
