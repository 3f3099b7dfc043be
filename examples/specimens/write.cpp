#include "examples/specimens/write.hpp"

#include <fmt/format.h>
#include <png.h>
#include <tiffio.h>
#include <turbojpeg.h>

#include <array>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace troupe::specimens {

namespace {

namespace fs = std::filesystem;

using tiff_file = std::unique_ptr<TIFF, decltype(&TIFFClose)>;

tiff_file create(const fs::path& file) {
  tiff_file out{TIFFOpen(file.c_str(), "w"), TIFFClose};
  if (!out)
    throw std::runtime_error{file.string() + ": cannot be written"};
  return out;
}

void check(bool fine, const char* what) {
  if (!fine)
    throw std::runtime_error{what};
}

std::string cells_xml(const culture& c) {
  struct channel {
    const char* name;
    int64_t colour;
    int emission;
  };
  static constexpr std::array channels{channel{"Nuclei (DAPI)", 0x3C6CFFFF, 461},
                                       channel{"Actin (Phalloidin)", 0x28E070FF, 518},
                                       channel{"Mitochondria (TMRM)", 0xFF5A3CFF, 573},
                                       channel{"Membrane (WGA)", 0xE040E8FF, 665}};
  std::string list, data;
  for (size_t i = 0; i < channels.size(); ++i)
    list += fmt::format(
      R"(<Channel ID="Channel:0:{}" Name="{}" Color="{}" EmissionWavelength="{}" SamplesPerPixel="1"/>)",
      i, channels[i].name, static_cast<int32_t>(channels[i].colour),
      channels[i].emission);
  auto planes = c.sections * c.times * culture::channels;
  return fmt::format(
    R"(<?xml version="1.0" encoding="UTF-8"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">)"
    R"(<Image ID="Image:0" Name="Cell culture"><AcquisitionDate>2026-03-14T09:26:53</AcquisitionDate>)"
    R"(<Description>Made by the program: nuclei, actin, mitochondria and membrane of a culture that never lived.</Description>)"
    R"(<Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="uint16" SignificantBits="12" SizeX="{0}" SizeY="{0}" SizeZ="{1}" SizeC="4" )"
    R"(SizeT="{2}" PhysicalSizeX="0.325" PhysicalSizeY="0.325" PhysicalSizeZ="1.2" TimeIncrement="30">{3}<TiffData IFD="0" PlaneCount="{4}"/></Pixels></Image></OME>)",
    c.side, c.sections, c.times, list, planes);
}

std::string tissue_xml(const tissue& s) {
  return fmt::format(
    R"(<?xml version="1.0" encoding="UTF-8"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">)"
    R"(<Image ID="Image:0" Name="Tissue section"><AcquisitionDate>2026-05-02T14:10:00</AcquisitionDate><Description>Made by the program: glands in stroma, stained pink and purple.</Description>)"
    R"(<Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="uint8" SizeX="{}" SizeY="{}" SizeZ="1" SizeC="3" SizeT="1" Interleaved="true" )"
    R"(PhysicalSizeX="0.5" PhysicalSizeY="0.5"><Channel ID="Channel:0:0" SamplesPerPixel="3"/><TiffData IFD="0" PlaneCount="1"/></Pixels></Image></OME>)",
    s.width, s.height);
}

/// An RGB picture held whole while its pyramid is written.
struct rgb_picture {
  int32_t width, height;
  std::vector<uint8_t> bytes;

  rgb_picture half() const {
    rgb_picture out{(width + 1) / 2, (height + 1) / 2, {}};
    out.bytes.resize(static_cast<size_t>(out.width) * static_cast<size_t>(out.height)
                     * 3);
    for (int32_t y = 0; y < out.height; ++y)
      for (int32_t x = 0; x < out.width; ++x)
        for (int32_t c = 0; c < 3; ++c) {
          auto sum = 0;
          for (auto dy : {0, 1})
            for (auto dx : {0, 1})
              sum += bytes[at(std::min(2 * x + dx, width - 1),
                              std::min(2 * y + dy, height - 1), c)];
          out.bytes[out.at(x, y, c)] = static_cast<uint8_t>((sum + 2) / 4);
        }
    return out;
  }
  size_t at(int32_t x, int32_t y, int32_t c) const {
    return (static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x))
             * 3
           + static_cast<size_t>(c);
  }
};

void write_tiles(TIFF* out, const rgb_picture& p) {
  constexpr int32_t side = 512;
  TIFFSetField(out, TIFFTAG_IMAGEWIDTH, p.width);
  TIFFSetField(out, TIFFTAG_IMAGELENGTH, p.height);
  TIFFSetField(out, TIFFTAG_BITSPERSAMPLE, 8);
  TIFFSetField(out, TIFFTAG_SAMPLESPERPIXEL, 3);
  TIFFSetField(out, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(out, TIFFTAG_TILEWIDTH, side);
  TIFFSetField(out, TIFFTAG_TILELENGTH, side);
  TIFFSetField(out, TIFFTAG_COMPRESSION, COMPRESSION_JPEG);
  TIFFSetField(out, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_YCBCR);
  TIFFSetField(out, TIFFTAG_JPEGQUALITY, 85);
  TIFFSetField(out, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
  std::vector<uint8_t> tile(static_cast<size_t>(side) * side * 3);
  for (int32_t ty = 0; ty < p.height; ty += side)
    for (int32_t tx = 0; tx < p.width; tx += side) {
      for (int32_t y = 0; y < side; ++y)
        for (int32_t x = 0; x < side; ++x)
          for (int32_t c = 0; c < 3; ++c) // the edge repeats its last pixels
            tile[(static_cast<size_t>(y) * side + static_cast<size_t>(x)) * 3
                 + static_cast<size_t>(c)] =
              p.bytes[p.at(std::min(tx + x, p.width - 1), std::min(ty + y, p.height - 1),
                           c)];
      check(TIFFWriteTile(out, tile.data(), static_cast<uint32_t>(tx),
                          static_cast<uint32_t>(ty), 0, 0)
              >= 0,
            "a tile cannot be written");
    }
}

} // namespace

void write_cells(const culture& what, const fs::path& file) {
  auto out = create(file);
  auto xml = cells_xml(what);
  for (int32_t t = 0; t < what.times; ++t) {
    auto places = what.places(t);
    for (int32_t z = 0; z < what.sections; ++z)
      for (int32_t c = 0; c < culture::channels; ++c) {
        if (t + z + c == 0)
          TIFFSetField(out.get(), TIFFTAG_IMAGEDESCRIPTION, xml.c_str());
        TIFFSetField(out.get(), TIFFTAG_IMAGEWIDTH, what.side);
        TIFFSetField(out.get(), TIFFTAG_IMAGELENGTH, what.side);
        TIFFSetField(out.get(), TIFFTAG_BITSPERSAMPLE, 16);
        TIFFSetField(out.get(), TIFFTAG_SAMPLESPERPIXEL, 1);
        TIFFSetField(out.get(), TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
        TIFFSetField(out.get(), TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
        TIFFSetField(out.get(), TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
        TIFFSetField(out.get(), TIFFTAG_ZIPQUALITY, 3);
        TIFFSetField(out.get(), TIFFTAG_ROWSPERSTRIP, 64);
        auto samples = what.plane(places, c, z, t);
        for (int32_t y = 0; y < what.side; ++y)
          check(TIFFWriteScanline(out.get(),
                                  samples.data() + static_cast<ptrdiff_t>(y) * what.side,
                                  static_cast<uint32_t>(y))
                  > 0,
                "a row cannot be written");
        check(TIFFWriteDirectory(out.get()), "a directory cannot be written");
      }
  }
}

void write_tissue(const tissue& what, const fs::path& file) {
  rgb_picture level{what.width, what.height, what.rows(0, what.height)};
  auto out = create(file);
  TIFFSetField(out.get(), TIFFTAG_IMAGEDESCRIPTION, tissue_xml(what).c_str());
  std::vector<rgb_picture> reduced;
  for (auto* last = &level; last->width > 512 || last->height > 512;
       last = &reduced.back())
    reduced.push_back(last->half());
  std::vector<toff_t> offsets(reduced.size());
  TIFFSetField(out.get(), TIFFTAG_SUBIFD, static_cast<uint16_t>(offsets.size()),
               offsets.data());
  write_tiles(out.get(), level);
  check(TIFFWriteDirectory(out.get()), "a directory cannot be written");
  for (auto& r : reduced) {
    TIFFSetField(out.get(), TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
    write_tiles(out.get(), r);
    check(TIFFWriteDirectory(out.get()), "a directory cannot be written");
  }
}

void write_grey_png(const culture& what, int32_t channel, const fs::path& file) {
  auto samples = what.plane(what.places(0), channel, what.sections / 2, 0);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = image.height = static_cast<png_uint_32>(what.side);
  image.format = PNG_FORMAT_LINEAR_Y;
  for (auto& s : samples)
    s = static_cast<uint16_t>(s * 16);
  check(png_image_write_to_file(&image, file.c_str(), 0, samples.data(), 0, nullptr) != 0,
        image.message);
}

void write_jpeg(const tissue& what, int32_t x, int32_t y, int32_t side,
                const fs::path& file) {
  auto rows = what.rows(y, side);
  auto* encoder = tjInitCompress();
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  auto failed =
    tjCompress2(encoder, rows.data() + static_cast<ptrdiff_t>(x) * 3, side,
                what.width * 3, side, TJPF_RGB, &bytes, &size, TJSAMP_420, 88, 0);
  std::ofstream{file, std::ios::binary}.write(reinterpret_cast<const char*>(bytes),
                                              static_cast<std::streamsize>(size));
  tjFree(bytes);
  tjDestroy(encoder);
  check(failed == 0, "the JPEG cannot be encoded");
}

} // namespace troupe::specimens
