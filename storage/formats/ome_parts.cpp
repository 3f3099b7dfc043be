#include "storage/formats/ome_parts.hpp"

#include "storage/text.hpp"

#include <fmt/format.h>

namespace troupe::formats {
namespace {

/// An attribute: its name today and before, what it is, its unit where none is given.
struct attribute_row {
  enum type : uint8_t { text, number, truth, with_unit };
  const char* name;
  type is = text;
  const char* unit = "";
  const char* once = nullptr;
};

struct part_row {
  const char* kind;
  const char* once; ///< name in older schemas, or nullptr
  bool made;        ///< has maker, model, serial and lot number
  std::vector<attribute_row> attributes;
};

constexpr auto text = attribute_row::text;
constexpr auto number = attribute_row::number;
constexpr auto truth = attribute_row::truth;
constexpr auto with_unit = attribute_row::with_unit;

const std::vector<attribute_row> maker{
  {"Manufacturer"}, {"Model"}, {"SerialNumber"}, {"LotNumber"}};

const std::vector<part_row> rows{
  {"Instrument", nullptr, false, {}},
  {"Microscope", nullptr, true, {{"Type"}}},
  {"Objective",
   nullptr,
   true,
   {{"Correction"},
    {"Immersion"},
    {"LensNA", number},
    {"NominalMagnification", number},
    {"CalibratedMagnification", number},
    {"WorkingDistance", with_unit, "µm"},
    {"Iris", truth}}},
  {"Detector",
   nullptr,
   true,
   {{"Type"},
    {"Gain", number},
    {"AmplificationGain", number},
    {"Voltage", with_unit, "V"},
    {"Offset", number},
    {"Zoom", number}}},
  {"Laser",
   nullptr,
   true,
   {{"Power", with_unit, "mW"},
    {"Type"},
    {"LaserMedium", text, "", "Medium"},
    {"Wavelength", with_unit, "nm"},
    {"FrequencyMultiplication", number},
    {"Tuneable", truth, "", "Tunable"},
    {"Pulse"},
    {"PockelCell", truth},
    {"RepetitionRate", with_unit, "Hz"}}},
  {"Arc", nullptr, true, {{"Power", with_unit, "mW"}, {"Type"}}},
  {"Filament", nullptr, true, {{"Power", with_unit, "mW"}, {"Type"}}},
  {"LightEmittingDiode", nullptr, true, {{"Power", with_unit, "mW"}}},
  {"GenericExcitationSource", nullptr, true, {{"Power", with_unit, "mW"}}},
  {"Pump", nullptr, false, {}},
  {"Filter", nullptr, true, {{"Type"}, {"FilterWheel"}}},
  {"TransmittanceRange",
   nullptr,
   false,
   {{"CutIn", with_unit, "nm"},
    {"CutOut", with_unit, "nm"},
    {"CutInTolerance", with_unit, "nm"},
    {"CutOutTolerance", with_unit, "nm"},
    {"Transmittance", number}}},
  {"Dichroic", nullptr, true, {}},
  {"FilterSet", nullptr, true, {}},
  {"ExcitationFilterRef", "ExFilterRef", false, {}},
  {"DichroicRef", nullptr, false, {}},
  {"EmissionFilterRef", "EmFilterRef", false, {}},
  {"FilterSetRef", nullptr, false, {}},
  {"LightPath", nullptr, false, {}},
  {"ObjectiveSettings",
   "ObjectiveRef",
   false,
   {{"CorrectionCollar", number}, {"Medium"}, {"RefractiveIndex", number}}},
  {"ImagingEnvironment",
   nullptr,
   false,
   {{"Temperature", with_unit, "°C"},
    {"AirPressure", with_unit, "mbar"},
    {"Humidity", number},
    {"CO2Percent", number}}},
  {"StageLabel",
   nullptr,
   false,
   {{"Name"},
    {"X", with_unit, "reference frame"},
    {"Y", with_unit, "reference frame"},
    {"Z", with_unit, "reference frame"}}},
  {"LightSourceSettings",
   "LightSourceRef",
   false,
   {{"Attenuation", number}, {"Wavelength", with_unit, "nm"}}},
  {"DetectorSettings",
   "DetectorRef",
   false,
   {{"Gain", number},
    {"Offset", number},
    {"Voltage", with_unit, "V"},
    {"Zoom", number},
    {"ReadOutRate", with_unit, "MHz"},
    {"Binning"},
    {"Integration", number}}},
  {"Channel",
   "LogicalChannel",
   false,
   {{"Name"},
    {"Fluor"},
    {"EmissionWavelength", with_unit, "nm", "EmWave"},
    {"ExcitationWavelength", with_unit, "nm", "ExWave"},
    {"PinholeSize", with_unit, "µm"},
    {"NDFilter", number, "", "NdFilter"},
    {"ContrastMethod"},
    {"IlluminationType"},
    {"AcquisitionMode", text, "", "Mode"},
    {"PockelCellSetting", number}}},
  {"Experimenter",
   nullptr,
   false,
   {{"FirstName"},
    {"MiddleName"},
    {"LastName"},
    {"UserName", text, "", "OMEName"},
    {"Email"},
    {"Institution"}}},
};

const part_row* row_of(std::string_view name) {
  for (auto& row : rows)
    if (name == row.kind || (row.once && name == row.once))
      return &row;
  return nullptr;
}

/// Old schemas have elements where newer ones have attributes.
std::optional<std::string> written(const pugi::xml_node& node, const char* name) {
  if (const auto attribute = node.attribute(name))
    return clean_text(attribute.as_string(), 4000);
  const auto element = xml::child(node, name);
  if (element && element.text())
    return clean_text(element.text().as_string(), 4000);
  return std::nullopt;
}

std::optional<metadata::value>
value_of(const pugi::xml_node& node, const attribute_row& row, const std::string& said) {
  if (row.is == text)
    return said.empty() ? std::nullopt : std::optional<metadata::value>{said};
  if (row.is == truth)
    return metadata::value{said == "true" || said == "1"};
  const auto value = xml::number_of(said);
  if (!value || row.is == number)
    return value ? std::optional<metadata::value>{*value} : std::nullopt;
  const auto unit = written(node, fmt::format("{}Unit", row.name).c_str());
  return metadata::quantity{*value, unit && !unit->empty() ? *unit : row.unit};
}

void read_attributes(const pugi::xml_node& node, const std::vector<attribute_row>& all,
                     ome_reading& r, metadata::part& into) {
  for (auto& row : all) {
    auto said = written(node, row.name);
    if (!said && row.once)
      said = written(node, row.once);
    if (!said)
      continue;
    if (auto value = value_of(node, row, *said))
      into.attributes.emplace_back(row.name, std::move(*value));
    else if (!said->empty())
      r.warn(
        fmt::format("has {}=\"{}\", which is no number", row.name, said->substr(0, 40)));
  }
}

/// Before 2009 and in some schemas after, a LightSource element has the laser inside.
pugi::xml_node unwrapped(const pugi::xml_node& node) {
  if (xml::local_name(node) == "LightSource")
    for (auto& inside : node.children())
      if (row_of(xml::local_name(inside)))
        return inside;
  return node;
}

} // namespace

std::optional<metadata::part> part_of(const pugi::xml_node& node, ome_reading& r) {
  const auto inside = unwrapped(node);
  const auto row = row_of(xml::local_name(inside));
  if (!row)
    return std::nullopt;
  metadata::part p{row->kind, xml::text(node, "ID")};
  if (row->made)
    read_attributes(node, maker, r, p);
  if (inside != node) // the wrapper has the power
    read_attributes(node, {{"Power", with_unit, "mW"}}, r, p);
  read_attributes(inside, row->attributes, r, p);
  p.parts = parts_of(inside, r);
  p.annotations = r.annotations_of(node);
  return p;
}

std::vector<metadata::part> parts_of(const pugi::xml_node& node, ome_reading& r) {
  std::vector<metadata::part> parts;
  for (auto& child : node.children())
    if (auto p = part_of(child, r))
      parts.push_back(std::move(*p));
  return parts;
}

} // namespace troupe::formats
