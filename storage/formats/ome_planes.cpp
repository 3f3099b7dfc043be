#include "storage/formats/ome_planes.hpp"

#include "storage/formats/limits.hpp"
#include "storage/formats/ome_layout.hpp"
#include "storage/formats/refusals.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace troupe::formats {
namespace {

void assign(const ome_tiff_data& place, const plane_order& order,
            const ome_files::range& file, tiff_planes& planes) {
  const int64_t pages = file.count;
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
    planes.pages[planes.index(static_cast<int32_t>(z), static_cast<int32_t>(c),
                              static_cast<int32_t>(t))] =
      static_cast<int32_t>(file.first + first + i);
  }
}

/// A page that decides how many samples the pages of this image have; none when all of
/// its files are missing.
const tiff_shape* model_page(const ome_image& image, ome_files& files) {
  for (auto& place : image.places)
    if (const auto file = files.find(place)) {
      const auto first = place.page.value_or(0);
      if (first < 0 || first >= file->count)
        throw unreadable(
          fmt::format("its OME-XML refers to page {} of {}", first, file->count));
      return &files.pages().shape_of(file->first + static_cast<int32_t>(first));
    }
  return nullptr;
}

bool same_type(const tiff_shape& page, pixel_type declared) {
  // Without a SampleFormat tag the XML knows better whether samples are signed.
  return page.type == declared
         || (!page.format_known && bytes_of(page.type) == bytes_of(declared)
             && page.coding.bits == 8 * bytes_of(declared));
}

void check_pages(const tiff_image& image, const ome_files& files) {
  const auto& s = image.what;
  for (auto index : image.planes.pages) {
    if (index == no_page)
      continue;
    const auto& page = files.pages().shape_of(index);
    if (page.size != extent{s.size.x, s.size.y})
      throw unreadable(fmt::format("its OME-XML says {} x {} pixels, {} has {} x {}",
                                   s.size.x, s.size.y, files.words_for(index),
                                   page.size.width, page.size.height));
    if (!same_type(page, s.type))
      throw unreadable(fmt::format("its OME-XML says {}, {} has {}", name_of(s.type),
                                   files.words_for(index), name_of(page.type)));
    if (page.samples != image.planes.samples)
      throw unreadable("its pages differ in samples per pixel");
  }
}

int64_t present(const tiff_image& image) {
  const auto& pages = image.planes.pages;
  return std::ssize(pages) - std::count(pages.begin(), pages.end(), no_page);
}

/// Whether the image has files that are missing.
bool lacks_files(const ome_image& image, ome_files& files) {
  return std::any_of(image.places.begin(), image.places.end(),
                     [&](const ome_tiff_data& place) { return !files.find(place); });
}

void place_planes(const ome_image& from, ome_files& files, tiff_image& image) {
  const auto& size = image.what.size;
  const plane_order order{image.what.dimension_order, size.z, image.planes.groups,
                          size.t};
  image.planes.pages.assign(static_cast<size_t>(order.count()), no_page);
  for (auto& place : from.places)
    if (const auto file = files.find(place))
      assign(place, order, *file, image.planes);
  check_pages(image, files);
  const auto good = present(image), all = order.count();
  if ((good == 0 || good < all / 10) && !lacks_files(from, files))
    throw unreadable(
      fmt::format("its OME-XML declares {} planes, the file has {}", all, good));
}

tiff_image arrange(ome_image from, ome_files& files) {
  if (from.places.empty())
    from.places.emplace_back(); // all pages of the file
  const auto* page = model_page(from, files);
  tiff_image image{from.what, {}};
  auto& s = image.what;
  const auto declared = from.samples.empty() ? 1 : from.samples.front();
  const auto samples = page ? page->samples : s.size.c % declared == 0 ? declared : 1;
  if (s.size.c % samples != 0)
    throw unreadable(fmt::format(
      "its OME-XML says {} channels, its pages have {} samples", s.size.c, samples));
  s.rgb = page && page->rgb && s.size.c == samples;
  spread_channels(from, s);
  image.planes = {s.size.z, s.size.c / samples, samples, {}};
  place_planes(from, files, image);
  return image;
}

std::string missing_files(const ome_files& files) {
  const auto& names = files.missing();
  return "missing file " + names.front()
         + (names.size() > 1 ? fmt::format(" and {} more", names.size() - 1) : "");
}

void warn(const ome_files& files, tiff_contents& contents) {
  constexpr size_t most = 20;
  for (auto& name : files.missing())
    if (contents.warnings.size() < most)
      contents.warnings.push_back("missing file " + name + ": its planes are black");
  if (files.missing().size() > most)
    contents.warnings.push_back(missing_files(files));
  for (auto& name : files.strangers())
    if (contents.warnings.size() < 2 * most)
      contents.warnings.push_back(name + " has another UUID than the metadata say");
}

} // namespace

tiff_contents arrange_ome(const ome_document& document, ome_files& files) {
  tiff_contents contents{"OME-TIFF", {}, document.facts};
  int64_t planes = 0, good = 0;
  for (auto& image : document.images) {
    contents.images.push_back(arrange(image, files));
    planes += std::ssize(contents.images.back().planes.pages);
    good += present(contents.images.back());
    if (planes > limits::max_planes)
      throw unreadable("its OME-XML declares too many planes");
  }
  if (!files.missing().empty() && good < planes - good)
    throw unreadable("planes are in other files, " + missing_files(files));
  warn(files, contents);
  return contents;
}

} // namespace troupe::formats
