#include "storage/formats/jpeg2000.hpp"

#include "storage/failure.hpp"
#include "storage/files/descriptor.hpp"
#include "storage/formats/openjpeg.hpp"

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace troupe::formats {
namespace {

/// Coded tiles are native tiles unless they are larger; and several where they are small.
constexpr int32_t largest_tile = 2048, usual_tile = 1024, smallest_tile = 256;
/// A picture of this size needs no smaller ones.
constexpr int32_t smallest_level = 256;

byte_source source_of(const std::filesystem::path& path) {
  auto file = std::make_shared<descriptor>(open_for_reading(path));
  struct stat now {};
  if (::fstat(file->get(), &now) != 0)
    throw failure{errc::unreadable, reason_of(errno)};
  return {[file](uint64_t at, uint8_t* to, size_t size) {
            const auto got = ::pread(file->get(), to, size, static_cast<off_t>(at));
            return got < 0 ? 0 : static_cast<size_t>(got);
          },
          static_cast<uint64_t>(now.st_size)};
}

int32_t tile_side(int32_t coded, int32_t reduce) {
  if (coded > largest_tile)
    return usual_tile;
  auto side = std::max(1, coded >> reduce);
  while (side < smallest_tile)
    side *= 2;
  return side;
}

tiling tiling_at(const jpeg2000_shape& shape, int32_t reduce) {
  const auto size = reduced(shape, reduce);
  return {{std::min(size.width, tile_side(shape.tile.width, reduce)),
           std::min(size.height, tile_side(shape.tile.height, reduce))},
          shape.samples};
}

class jpeg2000_decoder : public decoder {
public:
  jpeg2000_decoder(const std::filesystem::path& path, const jpeg2000_shape& shape)
    : from_{source_of(path)},
      shape_{shape} {}

  tile decode(const tile_id& which) override {
    const auto cut = tiling_at(shape_, which.level);
    const auto level = reduced(shape_, which.level);
    const auto x = which.column * cut.tile.width, y = which.row * cut.tile.height;
    const region where{x, y, std::min(cut.tile.width, level.width - x),
                       std::min(cut.tile.height, level.height - y)};
    return {{where.width, where.height},
            shape_.samples,
            shape_.type,
            shared_bytes{decode_jpeg2000(from_, shape_, which.level, where,
                                         jpeg2000_samples::spread)}};
  }

private:
  byte_source from_;
  jpeg2000_shape shape_;
};

description description_of(const std::filesystem::path& path,
                           const jpeg2000_shape& shape) {
  series s;
  s.size = {shape.size.width, shape.size.height, 1, shape.samples, 1};
  s.type = shape.type;
  s.rgb = shape.samples == 3 || shape.samples == 4;
  s.channels.resize(static_cast<size_t>(shape.samples));
  s.levels = {shape.size};
  for (int32_t reduce = 1; reduce < shape.resolutions; ++reduce) {
    const auto last = s.levels.back();
    if (std::max(last.width, last.height) <= smallest_level)
      break;
    s.levels.push_back(reduced(shape, reduce));
  }
  s.tile = tiling_at(shape, 0).tile;
  description what;
  what.format = "JPEG 2000";
  what.files = {path.filename().string()};
  what.images.push_back(std::move(s));
  return what;
}

class jpeg2000_fileset : public fileset {
public:
  jpeg2000_fileset(const std::filesystem::path& path, const jpeg2000_shape& shape)
    : fileset{description_of(path, shape)},
      path_{path},
      shape_{shape} {}
  tiling tiling_of(int32_t, int32_t level) const override {
    return tiling_at(shape_, level);
  }
  std::unique_ptr<decoder> open() const override {
    return std::make_unique<jpeg2000_decoder>(path_, shape_);
  }

private:
  std::filesystem::path path_;
  jpeg2000_shape shape_;
};

} // namespace

bool detect_jpeg2000(const probe& what) {
  const std::string_view head{reinterpret_cast<const char*>(what.head.data()),
                              what.head.size()};
  using namespace std::string_view_literals;
  return head.starts_with("\xff\x4f\xff\x51"sv)
         || head.starts_with("\0\0\0\x0cjP  \r\n\x87\n"sv);
}

fileset_ptr parse_jpeg2000(const std::filesystem::path& path) {
  return std::make_shared<jpeg2000_fileset>(path, read_jpeg2000_head(source_of(path)));
}

} // namespace troupe::formats
