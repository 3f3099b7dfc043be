#include "storage/derive/pyramid_fileset.hpp"

#include "storage/derive/meta.hpp"
#include "storage/failure.hpp"
#include "storage/formats/format.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

namespace troupe::derive {
namespace {

using namespace formats;

/// Which levels of which series come from where.
struct split {
  int32_t series = 0;
  int32_t first = 0; ///< levels from here on are the pyramid's
  pixel_type type = pixel_type::uint8;

  bool is_made(int32_t s, int32_t level) const { return s == series && level >= first; }
};

class pyramid_decoder : public decoder {
public:
  pyramid_decoder(const split& how, const fileset& source, fileset_ptr made)
    : how_{how},
      source_{source.open()},
      set_{std::move(made)} {}

  tile decode(const tile_id& which) override {
    if (!how_.is_made(which.series, which.level))
      return source_->decode(which);
    if (!made_)
      made_ = set_->open();
    auto id = which;
    id.series = 0;
    id.level -= how_.first;
    auto t = made_->decode(id);
    t.type = how_.type; // a bit is stored as a byte
    return t;
  }
  std::optional<shared_bytes> stored_jpeg(const tile_id& which) override {
    if (how_.is_made(which.series, which.level))
      return std::nullopt;
    return source_->stored_jpeg(which);
  }

private:
  split how_;
  std::unique_ptr<decoder> source_, made_;
  fileset_ptr set_;
};

class pyramid_fileset : public fileset {
public:
  pyramid_fileset(description what, const split& how, fileset_ptr source,
                  fileset_ptr made)
    : fileset{std::move(what)},
      how_{how},
      source_{std::move(source)},
      made_{std::move(made)} {}

  tiling tiling_of(int32_t series, int32_t level) const override {
    if (how_.is_made(series, level))
      return made_->tiling_of(0, level - how_.first);
    return source_->tiling_of(series, level);
  }
  std::unique_ptr<decoder> open() const override {
    return std::make_unique<pyramid_decoder>(how_, *source_, made_);
  }

private:
  split how_;
  fileset_ptr source_, made_;
};

/// Whether the file has what its meta.json promises, as this image needs it.
bool fits(const formats::series& made, const formats::series& image,
          const pyramid_meta& meta) {
  return made.levels == meta.levels && made.size.z == image.size.z
         && made.size.c == image.size.c && made.size.t == image.size.t
         && meta.first_level >= 0
         && static_cast<size_t>(meta.first_level) <= image.levels.size();
}

} // namespace

std::optional<std::string> identity(const std::filesystem::path& folder) {
  struct stat now {};
  if (::stat((folder / meta_name).c_str(), &now) != 0)
    return std::nullopt;
  return fmt::format("#{}.{}.{}", now.st_ino, now.st_mtim.tv_sec, now.st_mtim.tv_nsec);
}

fileset_ptr with_pyramid(fileset_ptr source, const std::filesystem::path& file,
                         int32_t series, const std::filesystem::path& folder) {
  const auto meta = read_meta(folder);
  if (!meta || meta->source != stamp_of(file, series))
    return nullptr;
  fileset_ptr made;
  try {
    made = parse(folder / pyramid_name);
  } catch (const failure&) {
    return nullptr; // the folder may lose files at any time
  }
  auto what = source->describe();
  auto& image = what.images.at(static_cast<size_t>(series));
  if (made->describe().images.size() != 1
      || !fits(made->describe().images[0], image, *meta))
    return nullptr;
  image.levels.resize(static_cast<size_t>(meta->first_level));
  image.levels.insert(image.levels.end(), meta->levels.begin(), meta->levels.end());
  const split how{series, meta->first_level, image.type};
  if (how.first == 0)
    image.tile = made->tiling_of(0, 0).tile;
  return std::make_shared<pyramid_fileset>(std::move(what), how, std::move(source),
                                           std::move(made));
}

} // namespace troupe::derive
