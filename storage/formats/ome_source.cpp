// Where the metadata of an OME-TIFF are: in the file, or in another one of its set.

#include "storage/failure.hpp"
#include "storage/formats/ome_files.hpp"
#include "storage/formats/ome_xml_file.hpp"
#include "storage/formats/side_file.hpp"
#include "storage/formats/tiff.hpp"
#include "storage/formats/xml.hpp"

#include <array>
#include <fstream>

namespace troupe::formats {
namespace {

bool is_tiff(const std::filesystem::path& file) {
  std::array<char, 4> head{};
  std::ifstream{file, std::ios::binary}.read(head.data(), head.size());
  const std::span bytes{reinterpret_cast<const uint8_t*>(head.data()), head.size()};
  return detect_tiff({file, false, bytes});
}

ome_source read_source(const std::filesystem::path& file, const std::string& name) {
  if (is_tiff(file))
    return {name, true, description_of(tiff_file{file})};
  return {name, false, read_xml_file(file)};
}

/// What the BinaryOnly element of an OME-XML names, or nothing.
std::optional<std::string> metadata_file_of(const std::string& text) {
  if (text.find("BinaryOnly") == std::string::npos)
    return std::nullopt;
  pugi::xml_document parsed;
  xml::load(parsed, text);
  const auto only = xml::child(parsed.document_element(), "BinaryOnly");
  if (!only)
    return std::nullopt;
  return xml::text(only, "MetadataFile");
}

} // namespace

std::optional<ome_source> find_ome_xml(const std::filesystem::path& main) {
  auto source = read_source(main, main.filename().string());
  if (source.in_tiff && !is_ome(source.text))
    return std::nullopt;
  const auto elsewhere = metadata_file_of(source.text);
  if (!elsewhere)
    return source;
  const auto file = side_file(main.parent_path(), *elsewhere);
  if (!file)
    throw failure{errc::unreadable,
                  "its metadata are in another file, missing " + *elsewhere};
  auto other = read_source(*file, *elsewhere);
  if ((other.in_tiff && !is_ome(other.text)) || metadata_file_of(other.text))
    throw failure{errc::unreadable,
                  "its metadata are in " + *elsewhere + ", which has none either"};
  return other;
}

} // namespace troupe::formats
