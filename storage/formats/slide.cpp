#include "storage/formats/slide.hpp"

#include "storage/failure.hpp"
#include "storage/formats/slide_description.hpp"
#include "storage/formats/slide_files.hpp"
#include "storage/formats/tiff_values.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string_view>

namespace troupe::formats {
namespace {

/// What the fileset and its decoders share.
struct slide_structure {
  explicit slide_structure(const std::filesystem::path& main) : handle{main} {}
  slide_handle handle;
  std::vector<extent> levels;
  extent tile;
  std::vector<std::string> pictures; ///< of the images after the slide itself
  std::vector<extent> picture_sizes;
  rgba background;
};

/// Premultiplied by alpha, on the slide's background.
shared_bytes::vector rgb_of(const std::vector<uint32_t>& argb, rgba background) {
  shared_bytes::vector rgb;
  rgb.reserve(argb.size() * 3);
  for (auto p : argb) {
    const auto clear = 255 - (p >> 24);
    const auto on = [clear](uint32_t light, uint8_t behind) {
      return static_cast<uint8_t>(std::min(255u, light + (behind * clear + 127) / 255));
    };
    rgb.push_back(on(p >> 16 & 0xff, background.red));
    rgb.push_back(on(p >> 8 & 0xff, background.green));
    rgb.push_back(on(p & 0xff, background.blue));
  }
  return rgb;
}

class slide_decoder : public decoder {
public:
  explicit slide_decoder(std::shared_ptr<const slide_structure> all)
    : all_{std::move(all)} {}

  tile decode(const tile_id& which) override {
    if (!slide_)
      slide_ = all_->handle.get();
    try {
      return which.series == 0 ? part_of_slide(which) : picture(which.series);
    } catch (const failure&) {
      slide_.reset();
      all_->handle.drop();
      throw;
    }
  }

private:
  tile part_of_slide(const tile_id& which) {
    const auto level = all_->levels[static_cast<size_t>(which.level)];
    const auto x = which.column * all_->tile.width, y = which.row * all_->tile.height;
    const extent size{std::min(all_->tile.width, level.width - x),
                      std::min(all_->tile.height, level.height - y)};
    const auto step = openslide_get_level_downsample(slide_.get(), which.level);
    auto pixels = room_for(size);
    openslide_read_region(slide_.get(), pixels.data(), std::llround(x * step),
                          std::llround(y * step), which.level, size.width, size.height);
    return finished(pixels, size);
  }

  tile picture(int32_t series) {
    const auto index = static_cast<size_t>(series) - 1;
    const auto size = all_->picture_sizes[index];
    auto pixels = room_for(size);
    openslide_read_associated_image(slide_.get(), all_->pictures[index].c_str(),
                                    pixels.data());
    return finished(pixels, size);
  }

  static std::vector<uint32_t> room_for(extent size) {
    return std::vector<uint32_t>(static_cast<size_t>(size.width)
                                 * static_cast<size_t>(size.height));
  }

  tile finished(const std::vector<uint32_t>& pixels, extent size) {
    check_slide(slide_.get());
    return {size, 3, pixel_type::uint8, shared_bytes{rgb_of(pixels, all_->background)}};
  }

  std::shared_ptr<const slide_structure> all_;
  slide_ptr slide_;
};

class slide_fileset : public fileset {
public:
  slide_fileset(description what, std::shared_ptr<const slide_structure> all)
    : fileset{std::move(what)},
      all_{std::move(all)} {}
  tiling tiling_of(int32_t series, int32_t) const override {
    return {
      series == 0 ? all_->tile : all_->picture_sizes[static_cast<size_t>(series) - 1], 3};
  }
  std::unique_ptr<decoder> open() const override {
    return std::make_unique<slide_decoder>(all_);
  }

private:
  std::shared_ptr<const slide_structure> all_;
};

/// "FFFFFF", white where the slide does not say.
rgba background_of(openslide_t* slide) {
  const auto text = property_of(slide, OPENSLIDE_PROPERTY_NAME_BACKGROUND_COLOR);
  uint32_t color = 0xffffff;
  std::from_chars(text.data(), text.data() + text.size(), color, 16);
  return {static_cast<uint8_t>(color >> 16), static_cast<uint8_t>(color >> 8),
          static_cast<uint8_t>(color), 255};
}

/// Whether a file can be a slide at all: asking OpenSlide costs reading its structure.
bool may_be_slide(const probe& what) {
  using namespace std::string_view_literals;
  const std::string_view head{reinterpret_cast<const char*>(what.head.data()),
                              what.head.size()};
  for (auto start : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv, "[Virtual Microscope"sv,
                     "[Uncompressed Virtual"sv, "SQLite format 3\0"sv})
    if (head.starts_with(start))
      return true;
  return head.starts_with("\xff\xd8\xff"sv) && what.path.extension() == ".mrxs";
}

} // namespace

bool detect_slide(const probe& what) {
  if (what.folder || !may_be_slide(what) || !tiff_values_fit(what.path))
    return false;
  const auto vendor = openslide_detect_vendor(what.path.c_str());
  // Those two are TIFF files that our own reader shows tile by tile.
  return vendor && std::strcmp(vendor, "generic-tiff") != 0
         && std::strcmp(vendor, "aperio") != 0;
}

fileset_ptr parse_slide(const std::filesystem::path& main) {
  files_of_slide(main); // before OpenSlide follows what it names
  const auto slide = open_slide(main);
  const auto structure = std::make_shared<slide_structure>(main);
  auto what = describe_slide(slide.get(), main, structure->pictures);
  structure->levels = what.images[0].levels;
  structure->tile = what.images[0].tile;
  for (size_t i = 1; i < what.images.size(); ++i)
    structure->picture_sizes.push_back(what.images[i].levels.front());
  structure->background = background_of(slide.get());
  return std::make_shared<slide_fileset>(std::move(what), structure);
}

} // namespace troupe::formats
