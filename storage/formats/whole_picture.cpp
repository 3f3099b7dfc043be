#include "storage/formats/whole_picture.hpp"

#include "storage/failure.hpp"
#include "storage/files/descriptor.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace troupe::formats {

whole_picture::whole_picture(const char* format, const picture_shape& shape,
                             decoder decode)
  : shape_{shape},
    decode_{std::move(decode)} {
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
  description_.format = format;
  description_.images.push_back(std::move(s));
}

std::vector<raw_plane> whole_picture::read(const block& b) {
  check_block(description_, b);
  if (samples_.empty()) {
    auto samples = decode_();
    if (static_cast<int64_t>(samples.size()) != shape_.bytes())
      throw failure{errc::unreadable, "the file changed while it was open"};
    samples_ = std::move(samples);
  }
  const auto bytes = bytes_of(shape_.type);
  const auto step = bytes * static_cast<size_t>(shape_.samples);
  std::vector<raw_plane> result;
  for (auto channel : b.channels) {
    shared_bytes::vector plane(static_cast<size_t>(b.where.width) * b.where.height
                               * bytes);
    auto to = plane.data();
    for (auto y = b.where.y; y < b.where.y + b.where.height; ++y) {
      auto from = samples_.data()
                  + (static_cast<size_t>(y) * shape_.size.width + b.where.x) * step
                  + static_cast<size_t>(channel) * bytes;
      for (int32_t x = 0; x < b.where.width; ++x, from += step, to += bytes)
        std::memcpy(to, from, bytes);
    }
    result.push_back(
      {b.where.width, b.where.height, shape_.type, shared_bytes{std::move(plane)}});
  }
  return result;
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
