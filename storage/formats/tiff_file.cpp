#include "storage/formats/tiff_file.hpp"

#include "storage/failure.hpp"
#include "storage/text.hpp"

#include <cstdarg>
#include <cstdio>
#include <fmt/format.h>
#include <memory>

namespace troupe::formats {
namespace {

constexpr tmsize_t largest_allocation = tmsize_t{1} << 30;

using options = std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)>;

std::string text_of(const char* format, va_list arguments) {
  char text[400];
  std::vsnprintf(text, sizeof text, format, arguments);
  return clean_text(text);
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
  : source_{file},
    name_{file.filename().string()} {
  if (!open())
    fail("not a valid TIFF");
}

bool tiff_file::open() {
  const options how{TIFFOpenOptionsAlloc(), TIFFOpenOptionsFree};
  TIFFOpenOptionsSetMaxSingleMemAlloc(how.get(), largest_allocation);
  TIFFOpenOptionsSetErrorHandlerExtR(how.get(), note_error, this);
  TIFFOpenOptionsSetWarningHandlerExtR(how.get(), note_warning, this);
  tiff_ = source_.open(name_.c_str(), how.get());
  if (tiff_)
    entered();
  return tiff_ != nullptr;
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
  if (tiff_ && current() == offset)
    return;
  if (offset == 0 || offset >= static_cast<uint64_t>(bytes()))
    fail("a directory is outside the file");
  if (tiff_)
    TIFFClose(tiff_);
  source_.start_at(offset);
  if (!open())
    fail("a directory cannot be read");
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
