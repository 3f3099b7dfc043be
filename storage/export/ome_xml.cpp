#include "storage/export/ome_xml.hpp"

#include "storage/export/ome_tiff.hpp"
#include "storage/export/ome_xml_parts.hpp"
#include "storage/formats/ome_units.hpp"

#include <fmt/format.h>
#include <sstream>

namespace troupe::exports {
namespace {

constexpr auto name_space = "http://www.openmicroscopy.org/Schemas/OME/2016-06";

using formats::quantity;
using formats::series;

/// Sizes and wavelengths above 0 are all the schema takes.
std::optional<quantity> positive(const std::optional<quantity>& q) {
  return q && q->value > 0 ? q : std::nullopt;
}

void write_channels(pugi::xml_node pixels, const series& s,
                    const metadata::document& about, const annotation_ids& ids) {
  const auto together = static_cast<size_t>(channels_together(s));
  const auto* made = about.images.empty() ? nullptr : &about.images[0];
  for (size_t c = 0; c < s.channels.size(); c += together) {
    const auto& channel = s.channels[c];
    auto node = pixels.append_child("Channel");
    put(node, "ID", fmt::format("Channel:0:{}", c / together));
    node.append_attribute("SamplesPerPixel") = static_cast<int>(together);
    if (!channel.name.empty())
      put(node, "Name", channel.name);
    if (channel.color && together == 1)
      put(node, "Color", std::optional{color_number(*channel.color)});
    for (auto [name, value] : {std::pair{"EmissionWavelength", channel.emission},
                               std::pair{"ExcitationWavelength", channel.excitation}})
      if (value && *value > 0)
        put(node, name, value);
    for (auto i = c; made && i < c + together && i < made->channels.size(); ++i)
      ids.refer(node, made->channels[i].annotations);
  }
}

/// Planes of channels that are stored together are one.
void write_planes(pugi::xml_node pixels, const series& s) {
  const auto together = channels_together(s);
  for (auto& p : s.planes) {
    if (p.c % together != 0)
      continue;
    auto node = pixels.append_child("Plane");
    node.append_attribute("TheZ") = p.z;
    node.append_attribute("TheT") = p.t;
    node.append_attribute("TheC") = p.c / together;
    put(node, "DeltaT", p.delta_t);
    put(node, "ExposureTime", p.exposure);
    put(node, "PositionX", p.x);
    put(node, "PositionY", p.y);
    put(node, "PositionZ", p.z_position);
  }
}

void put_sizes(pugi::xml_node pixels, const series& s) {
  for (auto [name, size] : {std::pair{"SizeX", s.size.x}, std::pair{"SizeY", s.size.y},
                            std::pair{"SizeZ", s.size.z}, std::pair{"SizeC", s.size.c},
                            std::pair{"SizeT", s.size.t}})
    pixels.append_attribute(name) = size;
  put_length(pixels, "PhysicalSizeX", positive(s.physical_x));
  put_length(pixels, "PhysicalSizeY", positive(s.physical_y));
  put_length(pixels, "PhysicalSizeZ", positive(s.physical_z));
  put_time(pixels, "TimeIncrement", s.time_increment);
}

void write_pixels(pugi::xml_node image, const series& s, const metadata::document& about,
                  const annotation_ids& ids, pixel_place where) {
  const auto here = where == pixel_place::this_tiff;
  const auto type = here ? stored_type(s.type) : s.type;
  auto pixels = image.append_child("Pixels");
  put(pixels, "ID", "Pixels:0");
  put(pixels, "DimensionOrder", here ? "XYZCT" : s.dimension_order);
  put(pixels, "Type", std::string{name_of(type)});
  const auto bits = s.type == pixel_type::bit ? 1 : s.significant_bits;
  if (bits > 0 && type != pixel_type::bit)
    pixels.append_attribute("SignificantBits") = bits;
  if (here) {
    pixels.append_attribute("Interleaved") = channels_together(s) > 1;
    pixels.append_attribute("BigEndian") = false;
  }
  put_sizes(pixels, s);
  write_channels(pixels, s, about, ids);
  if (here) {
    auto data = pixels.append_child("TiffData");
    data.append_attribute("IFD") = 0;
    data.append_attribute("PlaneCount") =
      static_cast<long long>(s.size.z) * (s.size.c / channels_together(s)) * s.size.t;
  } else {
    pixels.append_child("MetadataOnly");
  }
  write_planes(pixels, s);
}

void write_image(pugi::xml_node ome, const series& s, const metadata::document& about,
                 const annotation_ids& ids, pixel_place where) {
  auto image = ome.append_child("Image");
  put(image, "ID", "Image:0");
  put(image, "Name", s.name);
  if (const auto acquired = formats::rfc3339(s.acquired); !acquired.empty())
    put_element(image, "AcquisitionDate", acquired);
  if (!s.description.empty())
    put_element(image, "Description", s.description);
  write_pixels(image, s, about, ids, where);
  for (size_t i = 0; i < about.rois.size(); ++i)
    if (is_written(about.rois[i]))
      image.append_child("ROIRef").append_attribute("ID") = roi_id(i).c_str();
  if (!about.images.empty())
    ids.refer(image, about.images[0].annotations);
}

} // namespace

std::string write_ome_xml(const series& image, const metadata::document& about,
                          pixel_place where) {
  const annotation_ids ids{about.annotations};
  pugi::xml_document document;
  auto declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  auto ome = document.append_child("OME");
  put(ome, "xmlns", name_space);
  put(ome, "Creator", "Troupe");
  write_image(ome, image, about, ids, where);
  write_annotations(ome, about, ids);
  write_rois(ome, about, ids);
  std::ostringstream out;
  document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  return out.str();
}

} // namespace troupe::exports
