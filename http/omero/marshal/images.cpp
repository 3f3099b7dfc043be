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

std::string channels_text(const json& facts, const std::string& details) {
  const auto found = facts.find("channels");
  if (found == facts.end() || found->empty())
    return {};
  list_text out;
  for (auto& c : *found)
    out.add(channel_text(c, facts.at("rgb"), details));
  return std::move(out).close();
}

/// Pixels have no row of their own here: their number is the image's.
std::string pixels_text(int64_t image, const json& facts, const std::string& details) {
  const auto& p = facts.at("pixels");
  auto out = head_text("Pixels", image, details);
  const char* axes[]{"SizeX", "SizeY", "SizeZ", "SizeC", "SizeT"};
  for (size_t i = 0; i < std::size(axes); ++i)
    out.put(axes[i], p.at("sizes").at(i));
  out.raw("PhysicalSizeX", length_text(p.at("x"), p.at("xUnit")));
  out.raw("PhysicalSizeY", length_text(p.at("y"), p.at("yUnit")));
  out.raw("PhysicalSizeZ", length_text(p.at("z"), p.at("zUnit")));
  out.raw("TimeIncrement", time_text(p.at("increment"), p.at("incrementUnit")));
  const auto type = static_cast<pixel_type>(p.at("type").get<int>());
  const int bits = p.at("bits");
  out.put("SignificantBits", bits > 0 ? bits : static_cast<int>(8 * bytes_of(type)));
  out.raw("DimensionOrder",
          enum_text("DimensionOrder", p.at("order").get_ref<const std::string&>()));
  out.raw("Type", enum_text("PixelsType", name_of(type)));
  out.raw("Channels", channels_text(facts, details));
  return std::move(out).close();
}

} // namespace

void put_image(object_text& out, const json& facts, const place& at) {
  out.put("Name", facts.at("name"));
  out.put("Description", facts.at("description"));
  out.put("AcquisitionDate", facts.at("acquired"));
  out.put("omero:archived", false);
  out.put("omero:series", facts.at("series"));
  out.raw("omero:format", enum_text("Format", facts.at("format").get<std::string>()));
  if (facts.contains("pixels"))
    out.raw("Pixels", pixels_text(at.object.id, facts, at.details()));
}

} // namespace troupe::http::omero
