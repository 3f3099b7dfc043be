// Images, their pixels and channels.

#include "http/omero/marshal/kinds.hpp"
#include "http/omero/marshal/values.hpp"
#include "storage/pixels.hpp"

namespace troupe::http::omero {

namespace {

using nlohmann::json;

/// An attribute of a part of the OME model that is a number with a unit.
std::string wavelength_text(const json& stored, const json& attributes,
                            const char* name) {
  const auto said = attributes.value(name, json{});
  auto text = length_text(said);
  return text.empty() ? length_text(stored, "nm") : text;
}

void put_enum(object_text& out, std::string_view key, std::string_view list,
              const json& attributes, const char* name) {
  const auto found = attributes.find(name);
  if (found != attributes.end() && found->is_string())
    out.raw(key, enum_text(list, found->get_ref<const std::string&>()));
}

std::string channel_text(const json& c, bool rgb, const std::string& details) {
  const auto attributes =
    c.at("attributes").is_object() ? c.at("attributes") : json::object();
  auto out = head_text("Channel", c.at("id"), details);
  out.put("omero:LogicalChannelId", c.at("id"));
  out.take("Name", c, "name");
  if (c.at("color").is_number())
    out.put("Color", signed_color(c.at("color")));
  out.raw("EmissionWavelength",
          wavelength_text(c.at("emission"), attributes, "EmissionWavelength"));
  out.raw("ExcitationWavelength",
          wavelength_text(c.at("excitation"), attributes, "ExcitationWavelength"));
  out.raw("PinholeSize", length_text(attributes.value("PinholeSize", json{})));
  out.take("Fluor", attributes, "Fluor");
  out.take("NDFilter", attributes, "NDFilter");
  out.take("PockelCellSetting", attributes, "PockelCellSetting");
  out.put("SamplesPerPixel", rgb ? 3 : 1);
  put_enum(out, "ContrastMethod", "ContrastMethod", attributes, "ContrastMethod");
  put_enum(out, "Illumination", "Illumination", attributes, "IlluminationType");
  put_enum(out, "AcquisitionMode", "AcquisitionMode", attributes, "AcquisitionMode");
  out.raw("omero:photometricInterpretation",
          enum_text("PhotometricInterpretation", rgb ? "RGB" : "Monochrome"));
  return std::move(out).close();
}

std::string channels_text(const image_words& i, const std::string& details) {
  if (i.channels.empty())
    return {};
  list_text out;
  const auto all = json::parse(i.channels);
  for (auto& c : all)
    out.add(channel_text(c, i.rgb, details));
  return std::move(out).close();
}

void put_sizes(object_text& out, const dimensions& size) {
  out.put("SizeX", size.x);
  out.put("SizeY", size.y);
  out.put("SizeZ", size.z);
  out.put("SizeC", size.c);
  out.put("SizeT", size.t);
}

/// Pixels have no row of their own here: their number is the image's.
std::string pixels_text(const listed_object& o, const std::string& details) {
  const auto& i = o.image;
  auto out = head_text("Pixels", o.id, details);
  put_sizes(out, i.size);
  out.raw("PhysicalSizeX", length_text(i.x));
  out.raw("PhysicalSizeY", length_text(i.y));
  out.raw("PhysicalSizeZ", length_text(i.z));
  out.raw("TimeIncrement", time_text(i.increment));
  out.put("SignificantBits", i.significant_bits > 0
                               ? i.significant_bits
                               : static_cast<int32_t>(8 * bytes_of(i.type)));
  out.raw("Type", enum_text("PixelsType", name_of(i.type)));
  if (!i.channels.empty())
    out.raw("DimensionOrder", enum_text("DimensionOrder", i.order));
  out.raw("Channels", channels_text(i, details));
  return std::move(out).close();
}

} // namespace

void put_image_words(object_text& out, const listed_object& o) {
  put_words(out, o);
  if (o.image.acquired)
    out.put("AcquisitionDate", *o.image.acquired);
  out.put("omero:archived", false);
  out.put("omero:series", o.image.series);
  if (!o.image.format.empty())
    out.raw("omero:format", enum_text("Format", o.image.format));
}

void put_image(object_text& out, const place& at) {
  put_image_words(out, at.object);
  out.raw("Pixels", pixels_text(at.object, at.details()));
}

} // namespace troupe::http::omero
