#include "storage/failure.hpp"
#include "storage/formats/ome_xml_file.hpp"
#include "storage/formats/tiff.hpp"
#include "storage/formats/tiff_jpeg.hpp"
#include "storage/formats/tiff_memo.hpp"
#include "storage/formats/tiff_recut.hpp"
#include "storage/formats/tiff_structure.hpp"
#include "storage/formats/tiff_tiles.hpp"

#include <map>
#include <nlohmann/json.hpp>

namespace troupe::formats {
namespace {

class tiff_decoder : public decoder {
public:
  explicit tiff_decoder(std::shared_ptr<const tiff_structure> all)
    : all_{std::move(all)},
      files_{all_->folder, all_->files} {}

  tile decode(const tile_id& which) override {
    const auto& image = all_->images[static_cast<size_t>(which.series)];
    const auto& cut = image.levels[static_cast<size_t>(which.level)].cut;
    const auto at = place_of(image, which);
    if (at.page == no_page)
      return black(image, cut);
    const auto& page = all_->pages.at(at.page);
    auto& file = files_.open(page.file);
    const auto& directory = enter(file, at.page, which.level, image);
    const auto get = [&](int32_t sample, int32_t column, int32_t row) {
      return read_tile(file, directory, sample, column, row, page.further);
    };
    const auto own = tiling_of(directory);
    auto out = own == cut ? get(at.sample, which.column, which.row)
                          : recut(directory.size, cut, at.sample, which.column, which.row,
                                  own, get);
    out.type = image.type;
    return out;
  }

  std::optional<shared_bytes> stored_jpeg(const tile_id& which) override {
    const auto& image = all_->images[static_cast<size_t>(which.series)];
    const auto& level = image.levels[static_cast<size_t>(which.level)];
    const auto at = place_of(image, which);
    if (at.page == no_page)
      return std::nullopt;
    auto& file = files_.open(all_->pages.at(at.page).file);
    const auto& directory = enter(file, at.page, which.level, image);
    if (tiling_of(directory) != level.cut)
      return std::nullopt;
    const auto& tile = level.cut.tile;
    return formats::stored_jpeg(
      file, directory, block_at(directory, at.sample, which.column, which.row),
      {std::min(tile.width, level.size.width - which.column * tile.width),
       std::min(tile.height, level.size.height - which.row * tile.height)});
  }

private:
  /// The page of a tile, and its first channel there.
  struct place {
    int32_t page = no_page, sample = 0;
  };
  static place place_of(const tiff_stack& image, const tile_id& which) {
    const auto first =
      which.group * image.levels[static_cast<size_t>(which.level)].cut.samples;
    const auto& planes = image.planes;
    return {planes.pages[planes.index(which.at.z, first / planes.samples, which.at.t)],
            first % planes.samples};
  }

  static tile black(const tiff_stack& image, const tiling& cut) {
    const auto bytes = static_cast<size_t>(cut.tile.width)
                       * static_cast<size_t>(cut.tile.height)
                       * static_cast<size_t>(cut.samples) * bytes_of(image.type);
    return {cut.tile, cut.samples, image.type, shared_bytes{shared_bytes::vector(bytes)}};
  }

  /// Moves to the directory of a page's level.
  const tiff_shape& enter(tiff_file& file, int32_t index, int32_t level,
                          const tiff_stack& image) {
    const auto& page = all_->pages.at(index);
    const auto& full = all_->pages.shape_of(index);
    if (level == 0) {
      file.enter(page.offset);
      return full;
    }
    const auto nth = static_cast<size_t>(level) - 1;
    if (nth < page.levels.size()) {
      const auto& small = level_at(file, {page.file, page.levels[nth]});
      if (small.size == image.levels[nth + 1].size && same_samples(small, full))
        return small;
    }
    throw failure{errc::unreadable, "a plane lacks one of the resolution levels"};
  }

  const tiff_shape& level_at(tiff_file& file, const std::pair<int32_t, uint64_t>& where) {
    file.enter(where.second);
    if (auto found = levels_.find(where); found != levels_.end())
      return found->second;
    auto small = describe_directory(file, all_->pages.keep_palette).shape;
    return levels_.emplace(where, std::move(small)).first->second;
  }

  std::shared_ptr<const tiff_structure> all_;
  tiff_files files_;
  std::map<std::pair<int32_t, uint64_t>, tiff_shape> levels_; // by file and offset
};

class tiff_fileset : public fileset {
public:
  tiff_fileset(description what, tiff_structure all)
    : fileset{std::move(what)},
      all_{std::make_shared<const tiff_structure>(std::move(all))} {}

  tiling tiling_of(int32_t series, int32_t level) const override {
    const auto& image = all_->images[static_cast<size_t>(series)];
    return image.levels[static_cast<size_t>(level)].cut;
  }
  std::unique_ptr<decoder> open() const override {
    return std::make_unique<tiff_decoder>(all_);
  }
  nlohmann::json memo() const override { return memo_of(*all_); }

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

fileset_ptr recall_tiff(const std::filesystem::path& main, description what,
                        const nlohmann::json& memo) {
  auto structure = recall_structure(main, what, memo);
  return std::make_shared<tiff_fileset>(std::move(what), std::move(structure));
}

bool detect_companion(const probe& what) {
  return find_ome_pixels(what) == ome_pixels::in_tiff;
}

} // namespace troupe::formats
