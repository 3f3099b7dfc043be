// Whole slides written by Aperio scanners (.svs): a pyramid of tiled pages, a thumbnail,
// and pictures of the label and of the whole glass.

#include "storage/formats/tiff_contents.hpp"
#include "storage/metadata/objective.hpp"
#include "storage/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <sstream>

namespace troupe::formats {
namespace {

constexpr uint32_t label_subfile = 1, macro_subfile = 9; // where descriptions do not say

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \r\n\t");
  return first == std::string::npos
           ? ""
           : text.substr(first, text.find_last_not_of(" \r\n\t") + 1 - first);
}

/// "Aperio Image Library v11|AppMag = 20|MPP = 0.4990".
std::vector<std::pair<std::string, std::string>> facts_of(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> facts;
  std::istringstream in{text};
  for (std::string part; std::getline(in, part, '|');)
    if (const auto equals = part.find('='); equals != std::string::npos)
      facts.emplace_back(clean_text(trimmed(part.substr(0, equals)), 200),
                         clean_text(trimmed(part.substr(equals + 1)), 2000));
  return facts;
}

/// @returns 0 when it is not said.
double number_in(const std::vector<std::pair<std::string, std::string>>& facts,
                 std::string_view name) {
  double value = 0;
  for (auto& [key, text] : facts)
    if (key == name)
      std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<quantity>
pixel_size(const std::vector<std::pair<std::string, std::string>>& facts) {
  const auto microns = number_in(facts, "MPP");
  if (!std::isfinite(microns) || microns <= 0)
    return std::nullopt;
  return quantity{microns, "µm"};
}

/// Same samples, smaller, and of the same proportions.
bool is_aperio_level(const tiff_shape& small, const tiff_shape& full) {
  const auto height =
    static_cast<double>(full.size.height) * small.size.width / full.size.width;
  return small.tiled && small.type == full.type && small.samples == full.samples
         && small.planar == full.planar && small.size.width < full.size.width
         && std::abs(height - small.size.height) <= 2 + 0.01 * height;
}

/// "label", "macro", or empty.
std::string role_of(const tiff_file& file) {
  std::istringstream lines{description_of(file)};
  std::string line;
  std::getline(lines, line);
  std::getline(lines, line);
  for (auto role : {"label", "macro"})
    if (line.starts_with(role))
      return role;
  uint32_t subfile = 0;
  TIFFGetField(file.get(), TIFFTAG_SUBFILETYPE, &subfile);
  return subfile == label_subfile ? "label" : subfile == macro_subfile ? "macro" : "";
}

tiff_image picture(const tiff_pages& pages, int32_t page, std::string name) {
  tiff_image image{series_of(pages.shape_of(page)), {}};
  add_channels(image.what);
  image.what.name = std::move(name);
  image.planes = {1, 1, image.what.size.c, {page}};
  return image;
}

} // namespace

bool is_aperio(const std::string& description) {
  return description.starts_with("Aperio");
}

tiff_contents arrange_aperio(tiff_pages& pages, tiff_file& file,
                             const std::string& text) {
  tiff_contents contents{"Aperio SVS", {}, facts_of(text), {}};
  const std::filesystem::path name{file.name()};
  auto slide = picture(pages, 0, clean_text(name.stem().string(), 255));
  slide.what.description = clean_text(text);
  slide.what.physical_x = slide.what.physical_y = pixel_size(contents.facts);
  contents.images.push_back(std::move(slide));
  std::vector<int32_t> levels;
  for (int32_t i = 1; i < pages.count(); ++i) {
    if (is_aperio_level(pages.shape_of(i), pages.shape_of(0))) {
      levels.push_back(i);
      continue;
    }
    file.enter(pages.at(i).offset);
    if (auto role = role_of(file); !role.empty())
      contents.images.push_back(picture(pages, i, std::move(role)));
  }
  std::sort(levels.begin(), levels.end(), [&](int32_t a, int32_t b) {
    return pages.shape_of(a).size.width > pages.shape_of(b).size.width;
  });
  for (auto level : levels)
    pages.pages.front().levels.push_back(pages.at(level).offset);
  contents.about = metadata::slide_objective(number_in(contents.facts, "AppMag"),
                                             contents.images.size());
  return contents;
}

} // namespace troupe::formats
