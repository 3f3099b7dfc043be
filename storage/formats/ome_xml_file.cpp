#include "storage/formats/ome_xml_file.hpp"

#include "storage/failure.hpp"
#include "storage/formats/limits.hpp"
#include "storage/formats/whole_picture.hpp"

#include <algorithm>
#include <array>
#include <fstream>

namespace troupe::formats {
namespace {

/// Whether a text begins with an element OME, whatever its prefix.
bool starts_as_ome(std::string_view head) {
  if (head.starts_with("\xef\xbb\xbf"))
    head.remove_prefix(3);
  const auto start = head.find_first_not_of(" \t\r\n");
  return start != std::string_view::npos && head[start] == '<'
         && (head.find("<OME") != std::string_view::npos
             || head.find(":OME ") != std::string_view::npos);
}

/// Where an element of this name starts, whatever its prefix.
size_t find_element(std::string_view text, std::string_view name) {
  for (auto at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1))
    if (at > 0 && (text[at - 1] == '<' || text[at - 1] == ':'))
      return at;
  return std::string_view::npos;
}

} // namespace

bool is_ome_xml(const probe& what) {
  return !what.folder
         && starts_as_ome(
           {reinterpret_cast<const char*>(what.head.data()), what.head.size()});
}

ome_pixels find_ome_pixels(const probe& what) {
  if (!is_ome_xml(what))
    return ome_pixels::none;
  std::ifstream in{what.path, std::ios::binary};
  constexpr size_t longest_name = 16; // of an element, cut by the end of a piece
  std::array<char, 1 << 16> piece;
  std::string text;
  while (in.read(piece.data(), piece.size()), in.gcount() > 0) {
    text.append(piece.data(), static_cast<size_t>(in.gcount()));
    const auto tiff = find_element(text, "TiffData"), xml = find_element(text, "BinData");
    if (tiff != xml)
      return tiff < xml ? ome_pixels::in_tiff : ome_pixels::in_xml;
    text.erase(0, text.size() - std::min(text.size(), longest_name));
  }
  return ome_pixels::none;
}

std::string read_xml_file(const std::filesystem::path& file) {
  const auto bytes = bytes_of_file(file);
  if (bytes.size() > static_cast<size_t>(limits::max_xml_bytes))
    throw failure{errc::unreadable, "its OME-XML is too large"};
  return {bytes.begin(), bytes.end()};
}

} // namespace troupe::formats
