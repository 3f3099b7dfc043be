#include "storage/formats/tiff_file.hpp"

#include "storage/failure.hpp"
#include "storage/files/descriptor.hpp"
#include "storage/text.hpp"

#include <array>
#include <cstdarg>
#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <span>
#include <sys/stat.h>
#include <unistd.h>

namespace troupe::formats {
namespace {

constexpr tmsize_t largest_allocation = tmsize_t{1} << 30;

using options = std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)>;

std::string text_of(const char* format, va_list arguments) {
  char text[400];
  std::vsnprintf(text, sizeof text, format, arguments);
  return clean_text(text);
}

uint64_t number_at(std::span<const uint8_t> bytes, bool big_endian) {
  uint64_t value = 0;
  for (size_t i = 0; i < bytes.size(); ++i)
    value = value << 8 | bytes[big_endian ? i : bytes.size() - 1 - i];
  return value;
}

/// Names the faults of a header that libtiff is vague about.
void check_header(int fd, int64_t size) {
  std::array<uint8_t, 16> head{};
  const auto got = ::pread(fd, head.data(), head.size(), 0);
  const auto big_endian = head[0] == 'M';
  const auto big = head[big_endian ? 3 : 2] == '+';
  if (got < (big ? 16 : 8))
    throw failure{errc::unreadable, "truncated: the header is cut"};
  const std::span bytes{head};
  const auto first =
    number_at(big ? bytes.subspan(8, 8) : bytes.subspan(4, 4), big_endian);
  if (first == 0)
    throw failure{errc::unreadable, "no image in the file"};
  if (first >= static_cast<uint64_t>(size))
    throw failure{errc::unreadable,
                  fmt::format("{}: its first page is outside the file",
                              big ? "not a valid BigTIFF" : "truncated")};
}

/// What a complaint of libtiff is about, where that is not plain.
std::string explained(const std::string& complaint) {
  constexpr std::pair<const char*, const char*> meanings[] = {
    {"scanline size is zero", "invalid dimensions"},
    {"Cannot handle zero number", "invalid dimensions"},
    {"\"ImageWidth\"", "invalid dimensions"},
    {"\"ImageLength\"", "invalid dimensions"},
    {"Integer overflow", "the image is too large"},
    {"(0 elements", "no image in a directory without entries"},
    {"Can not read TIFF directory", "truncated directory"},
  };
  for (auto [words, meaning] : meanings)
    if (complaint.find(words) != std::string::npos)
      return fmt::format("{} ({})", meaning, complaint);
  return complaint;
}

} // namespace

tiff_file::tiff_file(const std::filesystem::path& file)
  : name_{file.filename().string()} {
  auto opened = open_for_reading(file);
  struct stat now {};
  if (::fstat(opened.get(), &now) == 0)
    bytes_ = now.st_size;
  check_header(opened.get(), bytes_);
  const options how{TIFFOpenOptionsAlloc(), TIFFOpenOptionsFree};
  TIFFOpenOptionsSetMaxSingleMemAlloc(how.get(), largest_allocation);
  TIFFOpenOptionsSetErrorHandlerExtR(how.get(), note_error, this);
  TIFFOpenOptionsSetWarningHandlerExtR(how.get(), note_warning, this);
  // m: no memory map, a file that shrinks must not raise SIGBUS. O: tile offsets are
  // read when they are needed.
  tiff_ = TIFFFdOpenExt(opened.get(), name_.c_str(), "rmO", how.get());
  if (!tiff_)
    fail("not a valid TIFF");
  opened.release();
  entered();
}

tiff_file::~tiff_file() {
  if (tiff_)
    TIFFClose(tiff_);
}

int tiff_file::note_error(TIFF*, void* self, const char*, const char* format,
                          va_list arguments) {
  auto& complaint = static_cast<tiff_file*>(self)->complaint_;
  if (complaint.empty()) // the first is the cause of the others
    complaint = text_of(format, arguments);
  return 1;
}

int tiff_file::note_warning(TIFF*, void* self, const char*, const char* format,
                            va_list arguments) {
  if (text_of(format, arguments).find("IFD loop") != std::string::npos)
    static_cast<tiff_file*>(self)->loops_ = true;
  return 1;
}

void tiff_file::fail(std::string_view what) const {
  auto detail = std::string{what};
  if (!complaint_.empty())
    detail += ": " + explained(complaint_);
  throw failure{errc::unreadable, detail};
}

uint64_t tiff_file::current() const {
  return TIFFCurrentDirOffset(tiff_);
}

void tiff_file::entered() {
  complaint_.clear();
  uint16_t compression = 0, photometric = 0;
  TIFFGetFieldDefaulted(tiff_, TIFFTAG_COMPRESSION, &compression);
  TIFFGetFieldDefaulted(tiff_, TIFFTAG_PHOTOMETRIC, &photometric);
  if (compression == COMPRESSION_JPEG && photometric == PHOTOMETRIC_YCBCR)
    TIFFSetField(tiff_, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
}

void tiff_file::enter(uint64_t offset) {
  complaint_.clear();
  if (current() == offset)
    return;
  if (offset == 0 || offset >= static_cast<uint64_t>(bytes_)
      || !TIFFSetSubDirectory(tiff_, offset))
    fail("a directory cannot be read");
  entered();
}

bool tiff_file::next() {
  complaint_.clear();
  if (TIFFReadDirectory(tiff_)) {
    entered();
    return true;
  }
  if (loops_)
    fail("its pages form a cycle");
  if (!complaint_.empty())
    fail("the chain of directories is broken");
  return false;
}

} // namespace troupe::formats
