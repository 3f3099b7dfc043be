#include "storage/formats/tiff_facts.hpp"

#include "storage/text.hpp"

namespace troupe::formats {

std::vector<std::pair<std::string, std::string>> tiff_facts(const tiff_file& file) {
  constexpr std::pair<uint32_t, const char*> text_tags[] = {
    {TIFFTAG_DOCUMENTNAME, "Document name"},
    {TIFFTAG_MAKE, "Make"},
    {TIFFTAG_MODEL, "Model"},
    {TIFFTAG_SOFTWARE, "Software"},
    {TIFFTAG_DATETIME, "Date"},
    {TIFFTAG_ARTIST, "Artist"},
    {TIFFTAG_HOSTCOMPUTER, "Host computer"},
    {TIFFTAG_COPYRIGHT, "Copyright"},
  };
  std::vector<std::pair<std::string, std::string>> facts;
  for (auto [tag, name] : text_tags) {
    const char* text = nullptr;
    if (TIFFGetField(file.get(), tag, &text) && text && *text)
      facts.emplace_back(name, clean_text(text, 2000));
  }
  facts.emplace_back("Byte order",
                     TIFFIsBigEndian(file.get()) ? "big-endian" : "little-endian");
  uint16_t compression = 0;
  TIFFGetFieldDefaulted(file.get(), TIFFTAG_COMPRESSION, &compression);
  if (const auto codec = TIFFFindCODEC(compression))
    facts.emplace_back("Compression", codec->name);
  return facts;
}

} // namespace troupe::formats
