#include "tests/support/specimens.hpp"

#include "storage/encode/encode.hpp"
#include "tests/support/program.hpp"

#include <fmt/format.h>
#include <jpeglib.h>
#include <png.h>
#include <tiffio.h>

#include <cstring>
#include <stdexcept>

namespace troupe::test {

namespace {

constexpr int32_t tile = 256;

/// A TIFF that is written to a file and read back as bytes.
class tiff_bytes {
public:
  tiff_bytes() : tiff_{TIFFOpen((folder_ / "a.tif").c_str(), "w")} {
    if (!tiff_)
      throw std::runtime_error{"no temporary TIFF"};
  }
  ~tiff_bytes() {
    if (tiff_)
      TIFFClose(tiff_);
  }
  TIFF* operator*() const { return tiff_; }
  std::string finish() {
    TIFFClose(tiff_);
    tiff_ = nullptr;
    return text_of_file(folder_ / "a.tif");
  }

private:
  short_folder folder_;
  TIFF* tiff_;
};

void describe_page(TIFF* to, int32_t width, int32_t height, uint16_t bits,
                   uint16_t compression) {
  TIFFSetField(to, TIFFTAG_IMAGEWIDTH, width);
  TIFFSetField(to, TIFFTAG_IMAGELENGTH, height);
  TIFFSetField(to, TIFFTAG_BITSPERSAMPLE, bits);
  TIFFSetField(to, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(to, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
  TIFFSetField(to, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
  TIFFSetField(to, TIFFTAG_COMPRESSION, compression);
}

const char* ome_of_stack() {
  return R"(<?xml version="1.0" encoding="UTF-8"?>)"
         R"(<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">)"
         R"(<Image ID="Image:0" Name="cells"><Pixels ID="Pixels:0" Type="uint16" )"
         R"(DimensionOrder="XYZCT" SizeX="60" SizeY="40" SizeZ="3" SizeC="2" SizeT="2" )"
         R"(PhysicalSizeX="0.65" PhysicalSizeXUnit="µm" PhysicalSizeY="0.65" )"
         R"(PhysicalSizeYUnit="µm" PhysicalSizeZ="2" PhysicalSizeZUnit="µm">)"
         R"(<Channel ID="Channel:0:0" Name="DAPI" SamplesPerPixel="1" Color="65535" )"
         R"(EmissionWavelength="461" EmissionWavelengthUnit="nm"/>)"
         R"(<Channel ID="Channel:0:1" Name="GFP" SamplesPerPixel="1" Color="16711935"/>)"
         R"(<TiffData/></Pixels></Image></OME>)";
}

void write_level(TIFF* to, const pyramid& p, size_t level, extent size) {
  describe_page(to, size.width, size.height, 8, COMPRESSION_ADOBE_DEFLATE);
  TIFFSetField(to, TIFFTAG_TILEWIDTH, tile);
  TIFFSetField(to, TIFFTAG_TILELENGTH, tile);
  if (level > 0)
    TIFFSetField(to, TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
  std::vector<uint8_t> block(tile * tile);
  for (int32_t top = 0; top < size.height; top += tile)
    for (int32_t left = 0; left < size.width; left += tile) {
      for (int32_t y = 0; y < tile; ++y)
        for (int32_t x = 0; x < tile; ++x)
          block[static_cast<size_t>(y * tile + x)] = p.sample(left + x, top + y, level);
      TIFFWriteTile(to, block.data(), static_cast<uint32_t>(left),
                    static_cast<uint32_t>(top), 0, 0);
    }
}

render::picture picture_of(const picture_specimen& s) {
  render::picture out{s.width, s.height, {}};
  for (int32_t y = 0; y < s.height; ++y)
    for (int32_t x = 0; x < s.width; ++x)
      for (int32_t c = 0; c < 3; ++c)
        out.rgb.push_back(s.sample(x, y, c));
  return out;
}

std::string text_of(const shared_bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace

std::string stack::bytes() const {
  tiff_bytes out;
  for (int32_t t = 0; t < times; ++t)
    for (int32_t c = 0; c < channels; ++c)
      for (int32_t z = 0; z < sections; ++z) {
        auto samples = plane(z, c, t);
        describe_page(*out, width, height, 16, COMPRESSION_LZW);
        TIFFSetField(*out, TIFFTAG_ROWSPERSTRIP, height);
        if (z == 0 && c == 0 && t == 0)
          TIFFSetField(*out, TIFFTAG_IMAGEDESCRIPTION, ome_of_stack());
        TIFFWriteEncodedStrip(*out, 0, samples.data(),
                              static_cast<tmsize_t>(samples.size()));
        TIFFWriteDirectory(*out);
      }
  return out.finish();
}

std::string stack::plane(int32_t z, int32_t c, int32_t t) const {
  std::string out;
  for (int32_t y = 0; y < height; ++y)
    for (int32_t x = 0; x < width; ++x) {
      const auto v = sample(x, y, z, c, t);
      out += static_cast<char>(v & 0xff);
      out += static_cast<char>(v >> 8);
    }
  return out;
}

std::string picture_specimen::png() const {
  return text_of(encode(picture_of(*this), image_format::png).bytes);
}

std::string picture_specimen::jpeg() const {
  return text_of(encode(picture_of(*this), image_format::jpeg, 0.9).bytes);
}

std::string picture_specimen::plane(int32_t c) const {
  std::string out;
  for (int32_t y = 0; y < height; ++y)
    for (int32_t x = 0; x < width; ++x)
      out += static_cast<char>(sample(x, y, c));
  return out;
}

std::vector<extent> pyramid::levels() const {
  std::vector<extent> all{{width, height}};
  while (all.back().width > tile || all.back().height > tile)
    all.push_back({(all.back().width + 1) / 2, (all.back().height + 1) / 2});
  return all;
}

std::string pyramid::bytes() const {
  tiff_bytes out;
  const auto all = levels();
  std::vector<uint64_t> smaller(all.size() - 1);
  TIFFSetField(*out, TIFFTAG_SUBIFD, static_cast<uint16_t>(smaller.size()),
               smaller.data());
  for (size_t i = 0; i < all.size(); ++i) {
    write_level(*out, *this, i, all[i]);
    TIFFWriteDirectory(*out);
  }
  return out.finish();
}

std::string pyramid::plane(size_t level) const {
  const auto size = levels().at(level);
  std::string out;
  for (int32_t y = 0; y < size.height; ++y)
    for (int32_t x = 0; x < size.width; ++x)
      out += static_cast<char>(sample(x, y, level));
  return out;
}

std::string big_tiff(int32_t width, int32_t height, uint8_t value) {
  constexpr int32_t side = 1024;
  tiff_bytes out;
  describe_page(*out, width, height, 8, COMPRESSION_ADOBE_DEFLATE);
  TIFFSetField(*out, TIFFTAG_TILEWIDTH, side);
  TIFFSetField(*out, TIFFTAG_TILELENGTH, side);
  std::vector<uint8_t> block(side * side, value);
  const auto tiles = TIFFNumberOfTiles(*out);
  for (uint32_t i = 0; i < tiles; ++i)
    TIFFWriteEncodedTile(*out, i, block.data(), static_cast<tmsize_t>(block.size()));
  return out.finish();
}

std::string damaged_tiff() {
  const auto whole = stack{}.bytes();
  return whole.substr(0, whole.size() / 2);
}

decoded decode_png(const std::string& bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()))
    throw std::runtime_error{fmt::format("no PNG: {}", image.message)};
  image.format = PNG_FORMAT_RGB;
  decoded out{static_cast<int32_t>(image.width), static_cast<int32_t>(image.height), {}};
  out.rgb.resize(PNG_IMAGE_SIZE(image));
  if (!png_image_finish_read(&image, nullptr, out.rgb.data(), 0, nullptr))
    throw std::runtime_error{fmt::format("broken PNG: {}", image.message)};
  return out;
}

decoded decode_jpeg(const std::string& bytes) {
  jpeg_decompress_struct from{};
  jpeg_error_mgr errors{};
  from.err = jpeg_std_error(&errors);
  errors.error_exit = [](j_common_ptr) { throw std::runtime_error{"no JPEG"}; };
  jpeg_create_decompress(&from);
  jpeg_mem_src(&from, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  jpeg_read_header(&from, TRUE);
  from.out_color_space = JCS_RGB;
  jpeg_start_decompress(&from);
  decoded out{static_cast<int32_t>(from.output_width),
              static_cast<int32_t>(from.output_height),
              {}};
  out.rgb.resize(size_t{from.output_width} * from.output_height * 3);
  while (from.output_scanline < from.output_height) {
    auto* row = out.rgb.data() + size_t{from.output_scanline} * from.output_width * 3;
    jpeg_read_scanlines(&from, &row, 1);
  }
  jpeg_destroy_decompress(&from);
  return out;
}

} // namespace troupe::test
