#include "storage/formats/tiff_structure.hpp"

#include "storage/formats/tiff_facts.hpp"

#include <algorithm>

namespace troupe::formats {
namespace {

/// Strips are often a row or a few: several make a tile worth its bookkeeping.
constexpr int64_t smallest_tile = 256 << 10;

/// The levels of the first plane are those of the image: ever smaller, same samples.
void find_levels(tiff_file& file, const tiff_structure& all, tiff_image& image) {
  const auto first = std::find_if(image.pages.begin(), image.pages.end(),
                                  [](int32_t page) { return page != no_page; });
  if (first == image.pages.end())
    return;
  const auto& page = all.pages[static_cast<size_t>(*first)];
  image.tilings = {tiling_of(page)};
  for (auto offset : page.levels) {
    file.enter(offset);
    const auto small = describe_directory(file, page.coding.palette.empty());
    const auto last = image.what.levels.back();
    if (!same_samples(small, page) || small.size.width > last.width
        || small.size.height > last.height || small.size == last)
      break;
    image.what.levels.push_back(small.size);
    image.tilings.push_back(tiling_of(small));
  }
}

} // namespace

bool same_samples(const tiff_directory& small, const tiff_directory& page) {
  return small.type == page.type && small.samples == page.samples
         && small.planar == page.planar;
}

tiling tiling_of(const tiff_directory& d) {
  auto cut = d.block;
  if (!d.tiled) {
    const auto strip = int64_t{d.size.width} * cut.height * d.stored
                       * std::max<int64_t>(1, d.coding.bits / 8);
    const auto strips = std::max<int64_t>(1, smallest_tile / std::max<int64_t>(1, strip));
    cut.height =
      static_cast<int32_t>(std::min<int64_t>(d.size.height, strips * cut.height));
  }
  return {cut, d.planar ? 1 : d.samples};
}

std::pair<description, tiff_structure>
parse_structure(const std::filesystem::path& main) {
  tiff_file file{main};
  auto found = read_pages(file);
  auto contents = is_ome(found.text)      ? arrange_ome(found, file.name())
                  : is_imagej(found.text) ? arrange_imagej(found, file)
                                          : arrange_plain(found);
  tiff_structure structure{main, std::move(found.pages), std::move(contents.images)};
  description what;
  what.format = contents.format;
  what.files = {file.name()};
  file.enter(structure.pages.front().offset);
  what.facts = tiff_facts(file);
  what.facts.insert(what.facts.end(), contents.facts.begin(), contents.facts.end());
  for (auto& image : structure.images) {
    find_levels(file, structure, image);
    what.images.push_back(std::move(image.what));
    image.what = {};
    image.what.size = what.images.back().size;
    image.what.type = what.images.back().type;
    image.what.levels = what.images.back().levels;
  }
  return {std::move(what), std::move(structure)};
}

} // namespace troupe::formats
