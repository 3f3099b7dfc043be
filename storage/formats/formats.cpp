// The list of formats, and how a path finds its format.

#include "storage/failure.hpp"
#include "storage/files/descriptor.hpp"
#include "storage/formats/bmp.hpp"
#include "storage/formats/format.hpp"
#include "storage/formats/jpeg.hpp"
#include "storage/formats/jpeg2000.hpp"
#include "storage/formats/ome_xml_file.hpp"
#include "storage/formats/ome_xml_reader.hpp"
#include "storage/formats/ome_zarr.hpp"
#include "storage/formats/png.hpp"
#include "storage/formats/slide.hpp"
#include "storage/formats/tiff.hpp"
#include "storage/formats/webp.hpp"

#include <array>
#include <cerrno>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace troupe::formats {
namespace {

using path = std::filesystem::path;

constexpr size_t shortest_image = 8; // bytes of a TIFF header

const format& format_of(const probe& what) {
  for (auto& f : all)
    if (f.detect(what))
      return f;
  if (what.folder)
    throw no_image{"not an image folder (Troupe reads OME-Zarr)"};
  if (what.head.empty())
    throw no_image{"the file is empty"};
  if (what.head.size() < shortest_image)
    throw no_image{fmt::format("truncated: it has {} bytes", what.head.size())};
  throw no_image{"not a supported image (`troupe formats` lists them)"};
}

/// "a.tif", and the folder's own name for "a.zarr/".
std::string name_of(const path& p) {
  return p.has_filename() ? p.filename().string() : p.parent_path().filename().string();
}

size_t read_head(const path& file, std::array<uint8_t, 4096>& head) {
  const auto opened = open_for_reading(file);
  struct stat now {};
  if (::fstat(opened.get(), &now) != 0)
    throw failure{errc::unreadable, reason_of(errno)};
  if (!S_ISREG(now.st_mode))
    throw failure{errc::unreadable, "not a file"};
  const auto got = ::read(opened.get(), head.data(), head.size());
  if (got < 0)
    throw failure{errc::unreadable, reason_of(errno)};
  return static_cast<size_t>(got);
}

} // namespace

const std::vector<format> all{
  {"OME-Zarr",
   "OME-Zarr 0.1 to 0.5: images, labels, plates, bioformats2raw (a folder .zarr)",
   detect_ome_zarr, parse_ome_zarr, recall_ome_zarr},
  {"Slide", "whole slides by OpenSlide (.ndpi .vms .mrxs .scn .bif .svslide)",
   detect_slide, parse_slide},
  {"TIFF", "TIFF, BigTIFF, OME-TIFF, ImageJ, Aperio (.tif .tiff .tf8 .svs)", detect_tiff,
   parse_tiff, recall_tiff},
  {"OME-TIFF companion", "OME-XML beside its TIFF files (.companion.ome .xml)",
   detect_companion, parse_tiff, recall_tiff},
  {"OME-XML", "OME-XML with its pixels, or without any (.ome .ome.xml)", is_ome_xml,
   parse_ome_xml_file},
  {"PNG", "PNG (.png)", detect_png, parse_png},
  {"JPEG", "JPEG (.jpg .jpeg)", detect_jpeg, parse_jpeg},
  {"JPEG 2000", "JPEG 2000 (.jp2 .j2k .jpx)", detect_jpeg2000, parse_jpeg2000},
  {"BMP", "BMP, uncompressed (.bmp)", detect_bmp, parse_bmp},
  {"WebP", "WebP (.webp)", detect_webp, parse_webp},
};

const format& format_of(const path& main) {
  std::error_code ignored;
  const auto folder = std::filesystem::is_directory(main, ignored);
  try {
    std::array<uint8_t, 4096> head;
    const auto size = folder ? 0 : read_head(main, head);
    return format_of({main, folder, {head.data(), size}});
  } catch (const no_image& e) {
    throw no_image{name_of(main) + ": " + e.what()};
  } catch (const failure& e) {
    throw failure{e.code, name_of(main) + ": " + e.what()};
  }
}

fileset_ptr parse(const format& how, const path& main) {
  try {
    return how.parse(main);
  } catch (const failure& e) {
    throw failure{e.code, name_of(main) + ": " + e.what()};
  }
}

fileset_ptr parse(const path& main) {
  return parse(format_of(main), main);
}

} // namespace troupe::formats
