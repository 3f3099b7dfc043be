// The list of formats, and how a file finds its reader.

#include "storage/failure.hpp"
#include "storage/files/descriptor.hpp"
#include "storage/formats/jpeg.hpp"
#include "storage/formats/open_source.hpp"
#include "storage/formats/png.hpp"
#include "storage/formats/tiff.hpp"

#include <array>
#include <cerrno>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace troupe::formats {
namespace {

using path = std::filesystem::path;

constexpr size_t shortest_image = 8; // bytes of a TIFF header

struct file_state {
  int64_t bytes = 0, modified_ns = 0;
};

file_state state_of(const path& file, int fd) {
  struct stat now {};
  if (::fstat(fd, &now) != 0)
    throw failure{errc::unreadable, file.filename().string() + ": " + reason_of(errno)};
  if (!S_ISREG(now.st_mode))
    throw failure{errc::unreadable, file.filename().string() + ": not a file"};
  return {now.st_size, now.st_mtim.tv_sec * 1'000'000'000 + now.st_mtim.tv_nsec};
}

const format& format_of(std::span<const uint8_t> head) {
  if (head.empty())
    throw failure{errc::unreadable, "the file is empty"};
  for (auto& f : all)
    if (f.detect(head))
      return f;
  if (head.size() < shortest_image)
    throw failure{errc::unreadable,
                  fmt::format("truncated: it has {} bytes", head.size())};
  throw failure{errc::unreadable,
                "not a supported image (Troupe reads TIFF, OME-TIFF, PNG and JPEG)"};
}

} // namespace

const std::vector<format> all{
  {"TIFF", detect_tiff, open_tiff}, // OME-TIFF as well: its description tells
  {"PNG", detect_png, open_png},
  {"JPEG", detect_jpeg, open_jpeg},
};

std::unique_ptr<reader> open(const path& file) {
  const auto opened = open_for_reading(file);
  state_of(file, opened.get());
  std::array<uint8_t, 4096> head;
  const auto got = ::read(opened.get(), head.data(), head.size());
  try {
    if (got < 0)
      throw failure{errc::unreadable, reason_of(errno)};
    return format_of({head.data(), static_cast<size_t>(got)}).open(file);
  } catch (const failure& e) {
    throw failure{e.code, file.filename().string() + ": " + e.what()};
  }
}

void check_unchanged(const image_source& source) {
  const path file{source.path};
  const auto now = state_of(file, open_for_reading(file).get());
  if (now.bytes != source.bytes
      || (source.modified_ns != 0 && now.modified_ns != source.modified_ns))
    throw failure{errc::unreadable,
                  file.filename().string() + ": changed since it was imported"};
}

std::unique_ptr<reader> open_source(const image_source& source) {
  check_unchanged(source);
  return open(source.path);
}

} // namespace troupe::formats
