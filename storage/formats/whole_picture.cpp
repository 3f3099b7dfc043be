#include "storage/formats/whole_picture.hpp"

#include "storage/failure.hpp"
#include "storage/files/descriptor.hpp"
#include "storage/formats/limits.hpp"

#include <algorithm>
#include <cerrno>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace troupe::formats {

namespace {

description description_of(const char* format, const std::filesystem::path& path,
                           const picture_shape& shape) {
  if (shape.size.width < 1 || shape.size.height < 1)
    throw failure{errc::unreadable, "invalid dimensions: the image has no pixels"};
  if (shape.size.width > limits::max_side || shape.size.height > limits::max_side
      || shape.bytes() > max_whole_picture)
    throw failure{errc::unreadable, fmt::format("the image is too large: {} x {} pixels",
                                                shape.size.width, shape.size.height)};
  series s;
  s.size = {shape.size.width, shape.size.height, 1, shape.samples, 1};
  s.type = shape.type;
  s.rgb = shape.rgb;
  s.levels = {shape.size};
  s.tile = {std::min(shape.size.width, 512), std::min(shape.size.height, 512)};
  s.channels.resize(static_cast<size_t>(shape.samples));
  description what;
  what.format = format;
  what.files = {path.filename().string()};
  what.images.push_back(std::move(s));
  return what;
}

class picture_decoder : public decoder {
public:
  picture_decoder(const picture_shape& shape, whole_picture::pixels decode)
    : shape_{shape},
      decode_{std::move(decode)} {}

  tile decode(const tile_id&) override {
    auto samples = decode_();
    if (static_cast<int64_t>(samples.size()) != shape_.bytes())
      throw failure{errc::unreadable, "the file changed while it was open"};
    return {shape_.size, shape_.samples, shape_.type, shared_bytes{std::move(samples)}};
  }

private:
  picture_shape shape_;
  whole_picture::pixels decode_;
};

} // namespace

whole_picture::whole_picture(const char* format, const std::filesystem::path& path,
                             const picture_shape& shape, pixels decode)
  : fileset{description_of(format, path, shape)},
    shape_{shape},
    decode_{std::move(decode)} {}

tiling whole_picture::tiling_of(int32_t, int32_t) const {
  return {shape_.size, shape_.samples};
}

std::unique_ptr<decoder> whole_picture::open() const {
  return std::make_unique<picture_decoder>(shape_, decode_);
}

std::vector<uint8_t> bytes_of_file(const std::filesystem::path& file) {
  const auto opened = open_for_reading(file);
  struct stat now {};
  if (::fstat(opened.get(), &now) != 0)
    throw failure{errc::unreadable, reason_of(errno)};
  if (now.st_size > max_whole_picture)
    throw failure{errc::unreadable, "the file is too large for its format"};
  std::vector<uint8_t> bytes(static_cast<size_t>(now.st_size));
  size_t done = 0;
  while (done < bytes.size()) {
    const auto got = ::read(opened.get(), bytes.data() + done, bytes.size() - done);
    if (got < 0 && errno != EINTR)
      throw failure{errc::unreadable, reason_of(errno)};
    if (got == 0)
      break;
    done += got > 0 ? static_cast<size_t>(got) : 0;
  }
  bytes.resize(done);
  return bytes;
}

void check_plausible(const picture_shape& shape, size_t stored, int64_t expansion) {
  if (shape.bytes() / expansion > static_cast<int64_t>(stored))
    throw failure{
      errc::unreadable,
      fmt::format("truncated: {} x {} pixels are declared, the file has {} bytes",
                  shape.size.width, shape.size.height, stored)};
}

} // namespace troupe::formats
