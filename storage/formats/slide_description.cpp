#include "storage/formats/slide_description.hpp"

#include "storage/failure.hpp"
#include "storage/formats/limits.hpp"
#include "storage/formats/slide_files.hpp"
#include "storage/formats/whole_picture.hpp"
#include "storage/metadata/objective.hpp"
#include "storage/text.hpp"

#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace troupe::formats {
namespace {

constexpr int32_t usual_tile = 512, smallest_tile = 128, largest_tile = 2048;

extent checked(int64_t width, int64_t height) {
  if (width < 1 || height < 1)
    throw failure{errc::unreadable, "invalid dimensions: the image has no pixels"};
  if (width > limits::max_side || height > limits::max_side)
    throw failure{errc::unreadable,
                  fmt::format("the image is too large: {} x {} pixels", width, height)};
  return {static_cast<int32_t>(width), static_cast<int32_t>(height)};
}

double number_of(const std::string& text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::isfinite(value) ? value : 0;
}

std::optional<quantity> pixel_size(openslide_t* slide, const char* property) {
  const auto microns = number_of(property_of(slide, property));
  if (microns <= 0)
    return std::nullopt;
  return quantity{microns, "µm"};
}

int32_t tile_side(openslide_t* slide, const char* property) {
  const auto side = number_of(property_of(slide, property));
  return side >= smallest_tile && side <= largest_tile ? static_cast<int32_t>(side)
                                                       : usual_tile;
}

series picture(std::string name, extent size) {
  series s;
  s.name = std::move(name);
  s.size = {size.width, size.height, 1, 3, 1};
  s.rgb = true;
  s.channels.resize(3);
  s.levels = {size};
  s.tile = size;
  return s;
}

series slide_itself(openslide_t* slide, const std::filesystem::path& main) {
  int64_t width = 0, height = 0;
  openslide_get_level0_dimensions(slide, &width, &height);
  auto s = picture(clean_text(main.stem().string(), 255), checked(width, height));
  for (int32_t i = 1; i < openslide_get_level_count(slide); ++i) {
    openslide_get_level_dimensions(slide, i, &width, &height);
    s.levels.push_back(checked(width, height));
  }
  s.tile = {tile_side(slide, "openslide.level[0].tile-width"),
            tile_side(slide, "openslide.level[0].tile-height")};
  s.physical_x = pixel_size(slide, OPENSLIDE_PROPERTY_NAME_MPP_X);
  s.physical_y = pixel_size(slide, OPENSLIDE_PROPERTY_NAME_MPP_Y);
  s.description = clean_text(property_of(slide, OPENSLIDE_PROPERTY_NAME_COMMENT), 10'000);
  return s;
}

bool is_thumbnail(const std::string& name) {
  return name == "thumbnail";
}

} // namespace

std::string property_of(openslide_t* slide, const std::string& name) {
  const auto value = openslide_get_property_value(slide, name.c_str());
  return value ? value : "";
}

description describe_slide(openslide_t* slide, const std::filesystem::path& main,
                           std::vector<std::string>& pictures) {
  description what;
  what.format = property_of(slide, OPENSLIDE_PROPERTY_NAME_VENDOR) + " slide";
  what.files = files_of_slide(main);
  what.images.push_back(slide_itself(slide, main));
  for (auto name = openslide_get_associated_image_names(slide); *name; ++name) {
    int64_t width = 0, height = 0;
    openslide_get_associated_image_dimensions(slide, *name, &width, &height);
    if (is_thumbnail(*name) || width * height * 4 > max_whole_picture)
      continue;
    what.images.push_back(picture(clean_text(*name, 255), checked(width, height)));
    pictures.emplace_back(*name);
  }
  for (auto name = openslide_get_property_names(slide); *name; ++name)
    what.facts.emplace_back(clean_text(*name, 200),
                            clean_text(property_of(slide, *name), 4000));
  check_slide(slide);
  what.about = metadata::slide_objective(
    number_of(property_of(slide, OPENSLIDE_PROPERTY_NAME_OBJECTIVE_POWER)),
    what.images.size());
  return what;
}

} // namespace troupe::formats
