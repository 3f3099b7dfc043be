#include "storage/formats/tiff_pages.hpp"

#include "storage/failure.hpp"
#include "storage/formats/limits.hpp"

#include <algorithm>

namespace troupe::formats {

void tiff_pages::add(int32_t file, tiff_directory d) {
  // Kinds of pages alternate at most: looking at a few keeps many pages cheap.
  const auto recent = std::max<std::ptrdiff_t>(0, std::ssize(shapes) - 8);
  auto known = std::find(shapes.begin() + recent, shapes.end(), d.shape);
  if (known == shapes.end())
    known = shapes.insert(shapes.end(), std::move(d.shape));
  pages.push_back({file, static_cast<int32_t>(known - shapes.begin()), d.offset, 0,
                   std::move(d.levels)});
}

void read_pages(tiff_file& file, int32_t index, tiff_pages& to) {
  do {
    if (to.count() >= limits::max_directories)
      throw failure{errc::unreadable, "it has too many pages"};
    to.add(index, describe_directory(file, to.keep_palette));
  } while (file.next());
}

std::string description_of(const tiff_file& file) {
  const char* text = nullptr;
  if (!TIFFGetField(file.get(), TIFFTAG_IMAGEDESCRIPTION, &text) || !text)
    return {};
  return text;
}

} // namespace troupe::formats
