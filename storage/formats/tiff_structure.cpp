#include "storage/formats/tiff_structure.hpp"

#include "storage/formats/ome_files.hpp"
#include "storage/formats/ome_planes.hpp"
#include "storage/formats/tiff_facts.hpp"
#include "storage/formats/tiff_tiles.hpp"

#include <algorithm>

namespace troupe::formats {
namespace {

/// Images none of whose planes are there are black.
tiff_level black_level(const series& s, int32_t samples) {
  return {{s.size.x, s.size.y},
          {{std::min(s.size.x, 512), std::min(s.size.y, 512)}, samples}};
}

/// The levels of the first plane are those of the image: ever smaller, same samples.
std::vector<tiff_level> find_levels(tiff_files& files, const tiff_pages& pages,
                                    const tiff_image& image,
                                    std::vector<std::string>& warnings) {
  const auto& planes = image.planes.pages;
  const auto first = std::find_if(planes.begin(), planes.end(),
                                  [](int32_t page) { return page != no_page; });
  if (first == planes.end())
    return {black_level(image.what, image.planes.samples)};
  const auto& page = pages.at(*first);
  const auto& full = pages.shape_of(*first);
  std::vector<tiff_level> levels{{full.size, tiling_of(full)}};
  for (auto offset : page.levels) {
    auto& file = files.open(page.file);
    file.enter(offset);
    const auto directory = describe_directory(file, pages.keep_palette);
    const auto& small = directory.shape;
    if (!directory.levels.empty())
      warnings.push_back("directories nested too deep are left out");
    const auto last = levels.back().size;
    if (!same_samples(small, full) || small.size.width > last.width
        || small.size.height > last.height || small.size == last) {
      warnings.push_back("a directory that is no resolution level is left out");
      break;
    }
    levels.push_back({small.size, tiling_of(small)});
  }
  return levels;
}

/// The description of what was arranged, and the structure to read it by.
parsed_tiff finish(tiff_contents contents, tiff_structure structure) {
  tiff_files files{structure.folder, structure.files};
  description what;
  what.format = std::move(contents.format);
  what.facts = std::move(contents.facts);
  what.warnings = std::move(contents.warnings);
  what.about = std::move(contents.about);
  for (auto& image : contents.images) {
    auto levels = find_levels(files, structure.pages, image, what.warnings);
    image.what.levels.clear();
    for (auto& level : levels)
      image.what.levels.push_back(level.size);
    image.what.tile = levels.front().cut.tile;
    structure.images.push_back(
      {image.what.type, std::move(image.planes), std::move(levels)});
    what.images.push_back(std::move(image.what));
  }
  return {std::move(what), std::move(structure)};
}

template <class Pairs>
void append(Pairs& to, Pairs&& more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()),
            std::make_move_iterator(more.end()));
}

parsed_tiff parse_alone(const std::filesystem::path& main) {
  tiff_file file{main};
  const auto text = description_of(file);
  auto facts = tiff_facts(file);
  tiff_structure structure{main.parent_path(), {{file.name(), file.bytes()}}, {}, {}};
  structure.pages.keep_palette = is_imagej(text);
  read_pages(file, 0, structure.pages);
  auto contents = is_imagej(text)   ? arrange_imagej(structure.pages, file, text)
                  : is_aperio(text) ? arrange_aperio(structure.pages, file, text)
                                    : arrange_plain(structure.pages, text);
  append(facts, std::move(contents.facts));
  contents.facts = std::move(facts);
  auto parsed = finish(std::move(contents), std::move(structure));
  parsed.first.files = {file.name()};
  return parsed;
}

/// Every file, main first: the one with the metadata when it has no pixels, else the one
/// with the first plane.
std::vector<std::string> names_of(const ome_source& source,
                                  const tiff_structure& structure) {
  std::vector<std::string> names;
  for (auto& member : structure.files)
    names.push_back(member.name);
  const auto& planes = structure.images.front().planes.pages;
  if (planes.front() != no_page) {
    const auto first = names.begin() + structure.pages.at(planes.front()).file;
    std::rotate(names.begin(), first, first + 1);
  }
  if (std::find(names.begin(), names.end(), source.file) == names.end())
    names.insert(names.begin(), source.file);
  return names;
}

parsed_tiff parse_ome(const std::filesystem::path& folder, const ome_source& source) {
  auto document = parse_ome_xml(source.text);
  ome_files files{folder, source, document};
  auto contents = arrange_ome(document, files);
  auto facts = files.facts();
  append(facts, std::move(contents.facts));
  contents.facts = std::move(facts);
  append(contents.warnings, std::move(document.warnings));
  contents.about = std::move(document.about);
  auto parsed = finish(std::move(contents), files.take());
  parsed.first.files = names_of(source, parsed.second);
  return parsed;
}

} // namespace

bool same_samples(const tiff_shape& small, const tiff_shape& page) {
  return small.type == page.type && small.samples == page.samples
         && small.planar == page.planar;
}

parsed_tiff parse_structure(const std::filesystem::path& main) {
  const auto source = find_ome_xml(main);
  return source ? parse_ome(main.parent_path(), *source) : parse_alone(main);
}

} // namespace troupe::formats
