#include "storage/formats/own_ome_xml.hpp"

#include "storage/export/ome_xml.hpp"
#include "storage/formats/ome_files.hpp"
#include "storage/formats/ome_xml_file.hpp"
#include "storage/formats/tiff.hpp"

#include <array>
#include <fstream>

namespace troupe::formats {

std::optional<std::string> own_ome_xml(const std::filesystem::path& main) {
  std::array<char, 4096> head{};
  std::ifstream in{main, std::ios::binary};
  in.read(head.data(), head.size());
  const probe what{main,
                   false,
                   {reinterpret_cast<const uint8_t*>(head.data()),
                    static_cast<size_t>(std::max<std::streamsize>(0, in.gcount()))}};
  if (!detect_tiff(what) && !is_ome_xml(what))
    return std::nullopt;
  auto source = find_ome_xml(main);
  return source ? std::optional{std::move(source->text)} : std::nullopt;
}

std::string write_ome_xml(const series& s) {
  return exports::write_ome_xml(s, {}, exports::pixel_place::elsewhere);
}

} // namespace troupe::formats
