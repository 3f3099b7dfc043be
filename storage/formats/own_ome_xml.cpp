#include "storage/formats/own_ome_xml.hpp"

#include "storage/formats/ome_files.hpp"
#include "storage/formats/ome_xml_file.hpp"
#include "storage/formats/tiff.hpp"

#include <array>
#include <fmt/format.h>
#include <fstream>
#include <pugixml.hpp>
#include <sstream>

namespace troupe::formats {
namespace {

constexpr auto name_space = "http://www.openmicroscopy.org/Schemas/OME/2016-06";

void put(pugi::xml_node node, const char* name, const std::optional<quantity>& q) {
  if (!q)
    return;
  node.append_attribute(name) = q->value;
  node.append_attribute(fmt::format("{}Unit", name).c_str()) = q->unit.c_str();
}

void put(pugi::xml_node node, const char* name, const std::optional<double>& value) {
  if (value)
    node.append_attribute(name) = *value;
}

void write_channel(pugi::xml_node pixels, const channel& c, size_t index) {
  auto node = pixels.append_child("Channel");
  node.append_attribute("ID") = fmt::format("Channel:0:{}", index).c_str();
  node.append_attribute("SamplesPerPixel") = 1;
  if (!c.name.empty())
    node.append_attribute("Name") = c.name.c_str();
  if (c.color)
    node.append_attribute("Color") =
      static_cast<int32_t>(uint32_t{c.color->red} << 24 | uint32_t{c.color->green} << 16
                           | uint32_t{c.color->blue} << 8 | c.color->alpha);
  put(node, "EmissionWavelength", c.emission);
  put(node, "ExcitationWavelength", c.excitation);
}

void write_pixels(pugi::xml_node image, const series& s) {
  auto pixels = image.append_child("Pixels");
  pixels.append_attribute("ID") = "Pixels:0";
  pixels.append_attribute("DimensionOrder") = s.dimension_order.c_str();
  pixels.append_attribute("Type") = std::string{name_of(s.type)}.c_str();
  for (auto [name, size] : {std::pair{"SizeX", s.size.x}, std::pair{"SizeY", s.size.y},
                            std::pair{"SizeZ", s.size.z}, std::pair{"SizeC", s.size.c},
                            std::pair{"SizeT", s.size.t}})
    pixels.append_attribute(name) = size;
  put(pixels, "PhysicalSizeX", s.physical_x);
  put(pixels, "PhysicalSizeY", s.physical_y);
  put(pixels, "PhysicalSizeZ", s.physical_z);
  put(pixels, "TimeIncrement", s.time_increment);
  for (size_t c = 0; c < s.channels.size(); ++c)
    write_channel(pixels, s.channels[c], c);
  pixels.append_child("MetadataOnly");
}

} // namespace

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
  pugi::xml_document document;
  auto root = document.append_child("OME");
  root.append_attribute("xmlns") = name_space;
  root.append_attribute("Creator") = "Troupe";
  auto image = root.append_child("Image");
  image.append_attribute("ID") = "Image:0";
  image.append_attribute("Name") = s.name.c_str();
  if (!s.acquired.empty())
    image.append_child("AcquisitionDate").text() = s.acquired.c_str();
  if (!s.description.empty())
    image.append_child("Description").text() = s.description.c_str();
  write_pixels(image, s);
  std::ostringstream out;
  document.save(out, " ", pugi::format_default, pugi::encoding_utf8);
  return out.str();
}

} // namespace troupe::formats
