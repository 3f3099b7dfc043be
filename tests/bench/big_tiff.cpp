// big_tiff FILE PLANES: an uncompressed TIFF of 2048 x 2048 planes of 16 bits, 8 MiB
// each, that no two bytes of repeat: what an import has to move.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <tiffio.h>
#include <vector>

namespace {

constexpr uint32_t side = 2048;

void write_plane(TIFF* file, uint64_t& seed) {
  TIFFSetField(file, TIFFTAG_IMAGEWIDTH, side);
  TIFFSetField(file, TIFFTAG_IMAGELENGTH, side);
  TIFFSetField(file, TIFFTAG_BITSPERSAMPLE, 16);
  TIFFSetField(file, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(file, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
  TIFFSetField(file, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(file, TIFFTAG_ROWSPERSTRIP, 64);
  std::vector<uint64_t> strip(size_t{side} * 64 * 2 / 8);
  for (uint32_t i = 0; i < side / 64; ++i) {
    for (auto& word : strip)
      word = (seed = seed * 6364136223846793005u + 1442695040888963407u) ^ seed >> 29;
    TIFFWriteEncodedStrip(file, i, strip.data(), static_cast<tmsize_t>(strip.size() * 8));
  }
  TIFFWriteDirectory(file);
}

} // namespace

int main(int argc, char** argv) {
  const auto planes = argc == 3 ? std::atoi(argv[2]) : 0;
  auto* file = planes > 0 ? TIFFOpen(argv[1], "w8") : nullptr;
  if (!file) {
    std::fprintf(stderr, "usage: big_tiff FILE PLANES\n");
    return 2;
  }
  uint64_t seed = 1;
  for (int i = 0; i < planes; ++i)
    write_plane(file, seed);
  TIFFClose(file);
  return 0;
}
