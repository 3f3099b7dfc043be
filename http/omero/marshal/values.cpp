#include "http/omero/marshal/values.hpp"

#include "http/omero/marshal/permissions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace troupe::http::omero {

namespace {

using nlohmann::json;

struct unit_name {
  std::string_view symbol, name;
};

constexpr unit_name lengths[]{
  {"µm", "MICROMETER"}, {"nm", "NANOMETER"},  {"mm", "MILLIMETER"},
  {"Å", "ANGSTROM"},    {"pixel", "PIXEL"},   {"reference frame", "REFERENCEFRAME"},
  {"pt", "POINT"},      {"cm", "CENTIMETER"}, {"m", "METER"},
  {"pm", "PICOMETER"},  {"in.", "INCH"},      {"km", "KILOMETER"},
  {"fm", "FEMTOMETER"}, {"dm", "DECIMETER"},
};
constexpr unit_name time_units[]{
  {"s", "SECOND"},   {"ms", "MILLISECOND"}, {"µs", "MICROSECOND"}, {"ns", "NANOSECOND"},
  {"min", "MINUTE"}, {"h", "HOUR"},         {"d", "DAY"},
};

/// The same signs have several code points.
std::string canonical(std::string text) {
  if (text.starts_with("\u03bc"))
    text.replace(0, 2, "\u00b5");
  if (text == "\u212b")
    text = "\u00c5";
  return text;
}

std::string quantity_text(const char* type, std::span<const unit_name> units,
                          const std::optional<metadata::quantity>& q) {
  if (!q)
    return {};
  const auto symbol = canonical(q->unit);
  const auto known = std::ranges::find(units, symbol, &unit_name::symbol);
  object_text out;
  out.put("@type", type);
  out.put("Unit", known == units.end() ? std::string_view{symbol} : known->name);
  out.put("Symbol", symbol);
  out.put("Value", q->value);
  return std::move(out).close();
}

/// In the order of OMERO's own tables, which count from 1.
std::span<const std::string_view> words_of(std::string_view list) {
  static constexpr std::string_view pixels_type[]{
    "bit",    "int8",  "int16",  "int32",   "uint8",         "uint16",
    "uint32", "float", "double", "complex", "double-complex"};
  static constexpr std::string_view dimension_order[]{"XYZCT", "XYZTC", "XYCTZ",
                                                      "XYCZT", "XYTCZ", "XYTZC"};
  static constexpr std::string_view photometric[]{"RGB", "ARGB",       "CMYK",
                                                  "HSV", "Monochrome", "ColorMap"};
  static constexpr std::string_view contrast[]{"Brightfield",
                                               "Phase",
                                               "DIC",
                                               "HoffmanModulation",
                                               "ObliqueIllumination",
                                               "PolarizedLight",
                                               "Darkfield",
                                               "Fluorescence",
                                               "Other",
                                               "Unknown"};
  static constexpr std::string_view mode[]{"WideField",
                                           "LaserScanningConfocalMicroscopy",
                                           "SpinningDiskConfocal",
                                           "SlitScanConfocal",
                                           "MultiPhotonMicroscopy",
                                           "StructuredIllumination",
                                           "SingleMoleculeImaging",
                                           "TotalInternalReflection",
                                           "FluorescenceLifetime",
                                           "SpectralImaging",
                                           "FluorescenceCorrelationSpectroscopy",
                                           "NearFieldScanningOpticalMicroscopy",
                                           "SecondHarmonicGenerationImaging",
                                           "PALM",
                                           "STORM",
                                           "STED",
                                           "TIRF",
                                           "FSM",
                                           "LCM",
                                           "Other",
                                           "Unknown",
                                           "BrightField",
                                           "SweptFieldConfocal",
                                           "SPIM"};
  static constexpr std::string_view illumination[]{
    "Transmitted", "Epifluorescence", "Oblique", "NonLinear", "Other", "Unknown"};
  if (list == "PixelsType")
    return pixels_type;
  if (list == "DimensionOrder")
    return dimension_order;
  if (list == "PhotometricInterpretation")
    return photometric;
  if (list == "ContrastMethod")
    return contrast;
  if (list == "AcquisitionMode")
    return mode;
  if (list == "Illumination")
    return illumination;
  return {};
}

} // namespace

std::string type_named(std::string_view name) {
  return fmt::format("http://www.openmicroscopy.org/Schemas/OME/2016-06#{}", name);
}

std::string length_text(const json& value, const json& unit) {
  if (!value.is_number() || !unit.is_string())
    return {};
  return length_text(metadata::quantity{value.get<double>(), unit.get<std::string>()});
}

std::string length_text(const json& quantity) {
  return quantity.is_object()
           ? length_text(quantity.value("value", json{}), quantity.value("unit", json{}))
           : "";
}

std::string length_symbol(std::string_view unit) {
  const auto known = std::ranges::find(lengths, unit, &unit_name::name);
  return std::string{known == std::end(lengths) ? unit : known->symbol};
}

std::string length_unit(const std::string& symbol) {
  const auto known =
    std::ranges::find(lengths, canonical(symbol), &unit_name::symbol);
  return std::string{known == std::end(lengths) ? symbol : known->name};
}

std::string length_text(const std::optional<metadata::quantity>& quantity) {
  return quantity_text("TBD#LengthI", lengths, quantity);
}

std::string time_text(const std::optional<metadata::quantity>& quantity) {
  return quantity_text("TBD#TimeI", time_units, quantity);
}

int32_t signed_color(int64_t rgba) {
  return static_cast<int32_t>(static_cast<uint32_t>(rgba));
}

std::string enum_text(std::string_view list, std::string_view value) {
  const auto words = words_of(list);
  const auto at = std::ranges::find(words, value);
  object_text out;
  out.put("@type", fmt::format("TBD#{}", list));
  out.put("@id", at == words.end() ? int64_t{0} : at - words.begin() + 1);
  out.put("value", value);
  out.raw("omero:details", nobodys_details());
  return std::move(out).close();
}

} // namespace troupe::http::omero
