#include "storage/failure.hpp"
#include "storage/formats/tiff.hpp"
#include "storage/formats/tiff_structure.hpp"
#include "storage/formats/tiff_tiles.hpp"

#include <unordered_map>

namespace troupe::formats {
namespace {

class tiff_decoder : public decoder {
public:
  explicit tiff_decoder(std::shared_ptr<const tiff_structure> all)
    : all_{std::move(all)},
      file_{all_->path} {}

  tile decode(const tile_id& which) override {
    const auto& image = all_->images[static_cast<size_t>(which.series)];
    const auto& cut = image.tilings[static_cast<size_t>(which.level)];
    const auto first = which.group * cut.samples; // channel
    const auto page =
      image.pages[image.plane(which.at.z, first / image.samples, which.at.t)];
    if (page == no_page)
      return black(image, cut);
    auto out = read_tile(file_, directory(page, which.level, image), cut,
                         first % image.samples, which.column, which.row);
    out.type = image.what.type;
    return out;
  }

private:
  static tile black(const tiff_image& image, const tiling& cut) {
    const auto bytes = static_cast<size_t>(cut.tile.width)
                       * static_cast<size_t>(cut.tile.height)
                       * static_cast<size_t>(cut.samples) * bytes_of(image.what.type);
    return {cut.tile, cut.samples, image.what.type,
            shared_bytes{shared_bytes::vector(bytes)}};
  }

  const tiff_directory& directory(int32_t page, int32_t level, const tiff_image& image) {
    const auto& full = all_->pages[static_cast<size_t>(page)];
    if (level == 0)
      return full;
    const auto index = static_cast<size_t>(level) - 1;
    if (index < full.levels.size()) {
      const auto& small = level_at(full.levels[index], full);
      if (small.size == image.what.levels[static_cast<size_t>(level)]
          && same_samples(small, full))
        return small;
    }
    throw failure{errc::unreadable, "a plane lacks one of the resolution levels"};
  }

  const tiff_directory& level_at(uint64_t offset, const tiff_directory& page) {
    if (auto found = levels_.find(offset); found != levels_.end())
      return found->second;
    file_.enter(offset);
    const auto keep_palette = page.coding.palette.empty();
    return levels_.emplace(offset, describe_directory(file_, keep_palette)).first->second;
  }

  std::shared_ptr<const tiff_structure> all_;
  tiff_file file_;
  std::unordered_map<uint64_t, tiff_directory> levels_;
};

class tiff_fileset : public fileset {
public:
  tiff_fileset(description what, tiff_structure all)
    : fileset{std::move(what)},
      all_{std::make_shared<const tiff_structure>(std::move(all))} {}

  tiling tiling_of(int32_t series, int32_t level) const override {
    return all_->images[static_cast<size_t>(series)].tilings[static_cast<size_t>(level)];
  }
  std::unique_ptr<decoder> open() const override {
    return std::make_unique<tiff_decoder>(all_);
  }

private:
  std::shared_ptr<const tiff_structure> all_;
};

} // namespace

bool detect_tiff(const probe& what) {
  if (what.head.size() < 4)
    return false;
  const std::string_view magic{reinterpret_cast<const char*>(what.head.data()), 4};
  return magic == std::string_view{"II*\0", 4} || magic == std::string_view{"MM\0*", 4}
         || magic == std::string_view{"II+\0", 4}
         || magic == std::string_view{"MM\0+", 4};
}

fileset_ptr parse_tiff(const std::filesystem::path& main) {
  auto [what, structure] = parse_structure(main);
  return std::make_shared<tiff_fileset>(std::move(what), std::move(structure));
}

} // namespace troupe::formats
