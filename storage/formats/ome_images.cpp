#include "storage/formats/ome_images.hpp"

#include "storage/formats/limits.hpp"
#include "storage/formats/ome_bin_data.hpp"
#include "storage/formats/ome_channels.hpp"
#include "storage/formats/ome_units.hpp"
#include "storage/formats/refusals.hpp"
#include "storage/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace troupe::formats {
namespace {

int32_t size_of(const pugi::xml_node& pixels, const char* attribute, int64_t largest) {
  const auto value = xml::whole(pixels, attribute);
  if (!value || *value < 1 || *value > largest)
    throw unreadable_xml(fmt::format("has an impossible {}", attribute));
  return static_cast<int32_t>(*value);
}

dimensions sizes_of(const pugi::xml_node& pixels) {
  dimensions d;
  d.x = size_of(pixels, "SizeX", limits::max_side);
  d.y = size_of(pixels, "SizeY", limits::max_side);
  d.z = size_of(pixels, "SizeZ", limits::max_planes);
  d.c = size_of(pixels, "SizeC", limits::max_planes);
  d.t = size_of(pixels, "SizeT", limits::max_planes);
  if (int64_t{d.z} * d.c > limits::max_planes
      || int64_t{d.z} * d.c * d.t > limits::max_planes)
    throw unreadable_xml("declares too many planes");
  return d;
}

std::optional<quantity> measure_of(const pugi::xml_node& pixels, const char* attribute,
                                   const char* default_unit, bool may_be_zero = false) {
  const auto value = xml::number(pixels, attribute);
  if (!value || *value < 0 || (*value == 0 && !may_be_zero))
    return std::nullopt;
  const auto unit = xml::text(pixels, fmt::format("{}Unit", attribute).c_str());
  return quantity{*value, unit.empty() ? default_unit : unit};
}

std::optional<double> wavelength_of(const pugi::xml_node& channel,
                                    const char* attribute) {
  const auto measure = measure_of(channel, attribute, "nm");
  return measure ? in_nanometres(measure->value, measure->unit) : std::nullopt;
}

void read_channels(const pugi::xml_node& node, ome_image& image) {
  for (auto& [c, samples] : channel_elements(node)) {
    const auto emission = c.attribute("EmWave") ? "EmWave" : "EmissionWavelength",
               excitation = c.attribute("ExWave") ? "ExWave" : "ExcitationWavelength";
    image.samples.push_back(samples);
    image.what.channels.push_back(
      {xml::text(c, "Name"), color_of(xml::number(c, "Color")),
       wavelength_of(c, emission), wavelength_of(c, excitation)});
  }
}

std::optional<double> seconds_of(const pugi::xml_node& plane, const char* attribute) {
  const auto value = xml::number(plane, attribute);
  if (!value)
    return std::nullopt;
  const auto unit = xml::text(plane, fmt::format("{}Unit", attribute).c_str());
  return in_seconds(*value, unit.empty() ? "s" : unit);
}

void read_planes(const pugi::xml_node& pixels, series& s) {
  for (auto& p : xml::children(pixels, "Plane")) {
    const auto z = xml::whole(p, "TheZ").value_or(0),
               c = xml::whole(p, "TheC").value_or(0),
               t = xml::whole(p, "TheT").value_or(0);
    if (z < 0 || z >= s.size.z || c < 0 || c >= s.size.c || t < 0 || t >= s.size.t
        || s.planes.size() >= static_cast<size_t>(limits::max_planes))
      continue;
    s.planes.push_back({static_cast<int32_t>(z), static_cast<int32_t>(c),
                        static_cast<int32_t>(t), seconds_of(p, "DeltaT"),
                        seconds_of(p, "ExposureTime"), xml::number(p, "PositionX"),
                        xml::number(p, "PositionY"), xml::number(p, "PositionZ")});
  }
}

void read_places(const pugi::xml_node& pixels, ome_image& image) {
  for (auto& d : xml::children(pixels, "TiffData")) {
    ome_tiff_data place;
    place.page = xml::whole(d, "IFD");
    place.first_z = xml::whole(d, "FirstZ").value_or(0);
    place.first_c = xml::whole(d, "FirstC").value_or(0);
    place.first_t = xml::whole(d, "FirstT").value_or(0);
    place.count = xml::whole(d, "PlaneCount");
    if (const auto other = xml::child(d, "UUID")) {
      place.uuid = clean_text(other.text().as_string());
      place.file_name = xml::text(other, "FileName");
    }
    image.places.push_back(std::move(place));
  }
}

void read_blocks(const pugi::xml_node& pixels, ome_image& image) {
  const auto all_big = xml::text(pixels, "BigEndian") == "true"; // before 2010
  for (auto& data : xml::children(pixels, "BinData")) {
    const auto coding = coding_of(data);
    if (!coding)
      throw unreadable_xml("has pixels of an unknown compression");
    const auto text = data.first_child();
    image.blocks.push_back({text ? text.offset_debug() : 0, *coding,
                            all_big || xml::text(data, "BigEndian") == "true"});
  }
}

std::string dimension_order_of(const pugi::xml_node& pixels) {
  const auto order = xml::text(pixels, "DimensionOrder");
  for (auto known : {"XYZCT", "XYZTC", "XYCTZ", "XYCZT", "XYTCZ", "XYTZC"})
    if (order == known)
      return order;
  throw unreadable_xml(
    fmt::format("has an invalid DimensionOrder \"{}\"", order.substr(0, 20)));
}

pixel_type type_of(const pugi::xml_node& pixels) {
  auto name = xml::text(pixels, pixels.attribute("Type") ? "Type" : "PixelType");
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  if (const auto type = pixel_type_of(name))
    return *type;
  throw unreadable_xml(
    fmt::format("has an unknown pixel type \"{}\"", name.substr(0, 40)));
}

std::string date_of(const pugi::xml_node& image) {
  auto date = xml::child(image, "AcquisitionDate");
  if (!date)
    date = xml::child(image, "AcquiredDate");
  if (!date)
    date = xml::child(image, "CreationDate"); // before 2011
  return rfc3339(clean_text(date.text().as_string(), 60));
}

} // namespace

ome_image image_of(const pugi::xml_node& node) {
  const auto pixels = xml::child(node, "Pixels");
  if (!pixels)
    throw unreadable_xml("has an Image without Pixels");
  ome_image image;
  auto& s = image.what;
  s.name = xml::text(node, "Name");
  s.description = clean_text(xml::child(node, "Description").text().as_string());
  s.acquired = date_of(node);
  s.size = sizes_of(pixels);
  s.type = type_of(pixels);
  s.dimension_order = dimension_order_of(pixels);
  const auto significant = xml::whole(pixels, "SignificantBits").value_or(0);
  if (significant > 0 && significant < static_cast<int64_t>(8 * bytes_of(s.type)))
    s.significant_bits = static_cast<int32_t>(significant);
  s.physical_x = measure_of(pixels, "PhysicalSizeX", "µm");
  s.physical_y = measure_of(pixels, "PhysicalSizeY", "µm");
  s.physical_z = measure_of(pixels, "PhysicalSizeZ", "µm", true); // flat
  s.time_increment = measure_of(pixels, "TimeIncrement", "s");
  read_channels(node, image);
  read_planes(pixels, s);
  read_places(pixels, image);
  read_blocks(pixels, image);
  return image;
}

} // namespace troupe::formats
