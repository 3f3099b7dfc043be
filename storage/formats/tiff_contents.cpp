#include "storage/formats/tiff_contents.hpp"

#include "storage/failure.hpp"
#include "storage/formats/limits.hpp"
#include "storage/text.hpp"

#include <cmath>

namespace troupe::formats {
namespace {

std::string description_of(const tiff_file& file) {
  const char* text = nullptr;
  if (!TIFFGetField(file.get(), TIFFTAG_IMAGEDESCRIPTION, &text) || !text)
    return {};
  return text;
}

bool same_shape(const tiff_directory& a, const tiff_directory& b) {
  return a.size == b.size && a.type == b.type && a.samples == b.samples && a.rgb == b.rgb;
}

/// Whether `small` can be a resolution level of `page`.
bool is_level(const tiff_directory& small, const tiff_directory& page) {
  if (!small.reduced || small.type != page.type || small.samples != page.samples
      || small.size.width >= page.size.width || small.size.height >= page.size.height)
    return false;
  const auto across = static_cast<double>(page.size.width) / small.size.width;
  const auto height = page.size.height / across;
  return std::abs(height - small.size.height) <= 2;
}

tiff_image image_of(const std::vector<tiff_directory>& pages,
                    std::vector<int32_t> planes) {
  tiff_image image;
  image.what = series_of(pages[static_cast<size_t>(planes.front())]);
  image.what.size.z = static_cast<int32_t>(planes.size());
  image.samples = image.what.size.c;
  image.pages = std::move(planes);
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

tiff_pages read_pages(tiff_file& file) {
  tiff_pages file_pages;
  file_pages.text = description_of(file);
  const auto keep_palette = is_imagej(file_pages.text) || is_ome(file_pages.text);
  do {
    if (file_pages.pages.size() >= static_cast<size_t>(limits::max_directories))
      throw failure{errc::unreadable, "it has too many pages"};
    file_pages.pages.push_back(describe_directory(file, keep_palette));
  } while (file.next());
  return file_pages;
}

series series_of(const tiff_directory& page) {
  series s;
  s.size = {page.size.width, page.size.height, 1, page.samples, 1};
  s.type = page.type;
  const auto spread = page.coding.factor != 1 || !page.coding.palette.empty();
  if (page.coding.bits < 8 * bytes_of(page.type) && !spread
      && page.type != pixel_type::bit)
    s.significant_bits = page.coding.bits;
  s.rgb = page.rgb;
  s.tile = page.block;
  s.levels = {page.size};
  return s;
}

void add_channels(series& s) {
  s.channels.resize(static_cast<size_t>(s.size.c));
}

tiff_contents arrange_plain(tiff_pages& file_pages) {
  std::vector<std::vector<int32_t>> groups;
  int32_t base = no_page;
  for (int32_t i = 0; i < static_cast<int32_t>(file_pages.pages.size()); ++i) {
    const auto& page = file_pages.pages[static_cast<size_t>(i)];
    if (base != no_page && is_level(page, file_pages.pages[static_cast<size_t>(base)])) {
      file_pages.pages[static_cast<size_t>(base)].levels.push_back(page.offset);
      continue;
    }
    if (base != no_page && same_shape(page, file_pages.pages[static_cast<size_t>(base)]))
      groups.back().push_back(i);
    else
      groups.push_back({i});
    base = i;
  }
  if (groups.size() > static_cast<size_t>(limits::max_series))
    throw failure{errc::unreadable, "it has too many images"};
  tiff_contents contents{"TIFF", {}, {}};
  for (auto& g : groups) {
    contents.images.push_back(image_of(file_pages.pages, std::move(g)));
    add_channels(contents.images.back().what);
  }
  if (!file_pages.text.empty())
    contents.images.front().what.description = clean_text(file_pages.text);
  return contents;
}

} // namespace troupe::formats
