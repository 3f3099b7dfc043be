#include "storage/formats/tiff_bytes.hpp"

#include "storage/failure.hpp"

#include <algorithm>
#include <cerrno>
#include <fmt/format.h>
#include <span>
#include <sys/stat.h>
#include <unistd.h>

namespace troupe::formats {
namespace {

uint64_t number_at(std::span<const uint8_t> bytes, bool big_endian) {
  uint64_t value = 0;
  for (size_t i = 0; i < bytes.size(); ++i)
    value = value << 8 | bytes[big_endian ? i : bytes.size() - 1 - i];
  return value;
}

/// As many bytes as there are, up to `size`. @returns -1 with errno on an error.
ssize_t read_at(int fd, uint8_t* to, size_t size, uint64_t at) {
  size_t done = 0;
  while (done < size) {
    const auto got = ::pread(fd, to + done, size - done, static_cast<off_t>(at + done));
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return -1;
    if (got == 0)
      break;
    done += static_cast<size_t>(got);
  }
  return static_cast<ssize_t>(done);
}

tiff_bytes& of(thandle_t self) {
  return *static_cast<tiff_bytes*>(self);
}

} // namespace

tiff_bytes::tiff_bytes(const std::filesystem::path& file)
  : file_{open_for_reading(file)} {
  struct stat now {};
  if (::fstat(file_.get(), &now) == 0)
    size_ = now.st_size;
  const auto got = read_at(file_.get(), header_.data(), header_.size(), 0);
  big_endian_ = header_[0] == 'M';
  const auto big = header_[big_endian_ ? 3 : 2] == '+';
  header_bytes_ = big ? 16 : 8;
  if (got < static_cast<ssize_t>(header_bytes_))
    throw failure{errc::unreadable, "truncated: the header is cut"};
  const auto offset = std::span{header_}.first(header_bytes_).last(header_bytes_ / 2);
  const auto first = number_at(offset, big_endian_);
  if (first == 0)
    throw failure{errc::unreadable, "no image in the file"};
  if (first >= static_cast<uint64_t>(size_))
    throw failure{errc::unreadable,
                  fmt::format("{}: its first page is outside the file",
                              big ? "not a valid BigTIFF" : "truncated")};
}

void tiff_bytes::start_at(uint64_t directory) {
  const auto offset = std::span{header_}.first(header_bytes_).last(header_bytes_ / 2);
  for (size_t i = 0; i < offset.size(); ++i, directory >>= 8)
    offset[big_endian_ ? offset.size() - 1 - i : i] = static_cast<uint8_t>(directory);
}

TIFF* tiff_bytes::open(const char* name, TIFFOpenOptions* how) {
  at_ = 0;
  // m: no memory map, a file that shrinks must not raise SIGBUS. O: tile offsets are
  // read when they are needed.
  return TIFFClientOpenExt(name, "rmO", this, read, write, seek, close, size_of, nullptr,
                           nullptr, how);
}

tmsize_t tiff_bytes::read(thandle_t self, void* to, tmsize_t size) {
  return of(self).take(static_cast<uint8_t*>(to), static_cast<size_t>(size));
}

tmsize_t tiff_bytes::take(uint8_t* to, size_t size) {
  if (at_ < header_bytes_) {
    const auto count = std::min<size_t>(size, header_bytes_ - at_);
    std::copy_n(header_.data() + at_, count, to);
    at_ += count;
    const auto rest = count < size ? take(to + count, size - count) : 0;
    return rest < 0 ? rest : static_cast<tmsize_t>(count) + rest;
  }
  if (size > window_.size() / 4) {
    const auto got = read_at(file_.get(), to, size, at_);
    at_ += got > 0 ? static_cast<uint64_t>(got) : 0;
    return got;
  }
  if (at_ < window_at_ || at_ + size > window_at_ + window_bytes_) {
    const auto got = read_at(file_.get(), window_.data(), window_.size(), at_);
    if (got < 0)
      return -1;
    window_at_ = at_;
    window_bytes_ = static_cast<size_t>(got);
  }
  const auto from = static_cast<size_t>(at_ - window_at_);
  const auto count = std::min(size, window_bytes_ - from);
  std::copy_n(window_.data() + from, count, to);
  at_ += count;
  return static_cast<tmsize_t>(count);
}

toff_t tiff_bytes::seek(thandle_t self, toff_t to, int from) {
  auto& source = of(self);
  const auto base = from == SEEK_SET   ? 0
                    : from == SEEK_CUR ? source.at_
                                       : static_cast<uint64_t>(source.size_);
  return source.at_ = base + to;
}

toff_t tiff_bytes::size_of(thandle_t self) {
  return static_cast<toff_t>(of(self).size_);
}

} // namespace troupe::formats
