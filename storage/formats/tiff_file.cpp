#include "storage/formats/tiff_file.hpp"

#include "storage/failure.hpp"
#include "storage/files/descriptor.hpp"
#include "storage/text.hpp"

#include <cstdarg>
#include <cstdio>
#include <sys/stat.h>

namespace troupe::formats {
namespace {

constexpr tmsize_t largest_allocation = tmsize_t{1} << 30;

using options = std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)>;

} // namespace

tiff_file::tiff_file(const std::filesystem::path& file)
    : name_{file.filename().string()} {
  auto opened = open_for_reading(file);
  struct stat now {};
  if (::fstat(opened.get(), &now) == 0)
    bytes_ = now.st_size;
  if (bytes_ < 8)
    throw failure{errc::unreadable, "truncated: a TIFF header takes 8 bytes"};
  const options how{TIFFOpenOptionsAlloc(), TIFFOpenOptionsFree};
  TIFFOpenOptionsSetMaxSingleMemAlloc(how.get(), largest_allocation);
  TIFFOpenOptionsSetErrorHandlerExtR(how.get(), note, this);
  TIFFOpenOptionsSetWarningHandlerExtR(how.get(), ignore, this);
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

int tiff_file::note(TIFF*, void* self, const char*, const char* format,
                    va_list arguments) {
  char text[400];
  std::vsnprintf(text, sizeof text, format, arguments);
  static_cast<tiff_file*>(self)->complaint_ = clean_text(text);
  return 1;
}

void tiff_file::fail(std::string_view what) const {
  auto detail = std::string{what};
  if (!complaint_.empty())
    detail += ": " + complaint_;
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
  if (current() == offset)
    return;
  complaint_.clear();
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
  if (!complaint_.empty())
    fail("the chain of directories is broken");
  return false;
}

} // namespace troupe::formats
