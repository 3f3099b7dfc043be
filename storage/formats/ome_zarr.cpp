#include "storage/formats/ome_zarr.hpp"

#include "storage/failure.hpp"
#include "storage/formats/ome_zarr_contents.hpp"
#include "storage/formats/ome_zarr_files.hpp"
#include "storage/formats/ome_zarr_memo.hpp"
#include "storage/formats/ome_zarr_tiles.hpp"

#include <algorithm>

namespace troupe::formats {
namespace {

namespace fs = std::filesystem;

class ome_zarr_decoder : public decoder {
public:
  explicit ome_zarr_decoder(std::shared_ptr<const ome_zarr_structure> all)
    : all_{std::move(all)},
      chunks_{all_->root} {}

  tile decode(const tile_id& which) override {
    const auto& image = all_->images[static_cast<size_t>(which.series)];
    return cut_tile(image, which, chunks_);
  }

private:
  std::shared_ptr<const ome_zarr_structure> all_;
  zarr_chunks chunks_;
};

class ome_zarr_fileset : public fileset {
public:
  ome_zarr_fileset(description what, ome_zarr_structure all)
    : fileset{std::move(what)},
      all_{std::make_shared<const ome_zarr_structure>(std::move(all))} {}

  tiling tiling_of(int32_t series, int32_t level) const override {
    return formats::tiling_of(all_->images[static_cast<size_t>(series)], level);
  }
  std::unique_ptr<decoder> open() const override {
    return std::make_unique<ome_zarr_decoder>(all_);
  }
  nlohmann::json memo() const override { return memo_of(*all_); }

private:
  std::shared_ptr<const ome_zarr_structure> all_;
};

fs::path root_of(const fs::path& main) {
  std::error_code ignored;
  return fs::is_directory(main, ignored) ? main : main.parent_path();
}

} // namespace

bool detect_ome_zarr(const probe& what) {
  if (what.folder)
    return !main_file_of_ome_zarr(what.path).empty();
  constexpr std::array names{".zattrs", ".zgroup", "zarr.json", "METADATA.ome.xml"};
  const auto name = what.path.filename();
  return std::any_of(names.begin(), names.end(), [&](auto n) { return name == n; })
         && !main_file_of_ome_zarr(what.path.parent_path()).empty();
}

fileset_ptr parse_ome_zarr(const fs::path& main) {
  const auto root = root_of(main);
  const zarr_folder folder{root};
  const auto first = main_file_of_ome_zarr(root);
  auto found = read_ome_zarr(folder, group_of_main_file(first));
  found.what.files = files_of_ome_zarr(root, first);
  ome_zarr_structure structure{root, std::move(found.images)};
  for (auto& image : structure.images) {
    found.what.images.push_back(image.what);
    image.what = {};
    image.what.size = found.what.images.back().size;
    image.what.type = found.what.images.back().type;
    image.what.levels = found.what.images.back().levels;
  }
  return std::make_shared<ome_zarr_fileset>(std::move(found.what), std::move(structure));
}

fileset_ptr recall_ome_zarr(const fs::path& main, description what,
                            const nlohmann::json& memo) {
  auto structure = structure_of(memo, what, root_of(main));
  return std::make_shared<ome_zarr_fileset>(std::move(what), std::move(structure));
}

} // namespace troupe::formats
