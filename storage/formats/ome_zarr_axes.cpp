#include "storage/formats/ome_zarr_axes.hpp"

#include "storage/formats/refusals.hpp"
#include "storage/text.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace troupe::formats {
namespace {

using json = nlohmann::json;

constexpr std::array axis_names{"t", "c", "z", "y", "x"};

struct axis_unit_row {
  const char *name, *symbol;
};

/// OME-Zarr spells units out, OME-XML writes symbols.
constexpr axis_unit_row axis_unit_rows[] = {
  {"meter", "m"},       {"decimeter", "dm"},   {"centimeter", "cm"},
  {"millimeter", "mm"}, {"micrometer", "µm"},  {"micron", "µm"},
  {"um", "µm"},         {"nanometer", "nm"},   {"picometer", "pm"},
  {"angstrom", "Å"},    {"kilometer", "km"},   {"inch", "in"},
  {"foot", "ft"},       {"mile", "mi"},        {"yard", "yd"},
  {"second", "s"},      {"millisecond", "ms"}, {"microsecond", "µs"},
  {"nanosecond", "ns"}, {"minute", "min"},     {"hour", "h"},
  {"day", "d"}};

std::string symbol_of(const std::string& unit) {
  for (auto& r : axis_unit_rows)
    if (unit == r.name || unit == r.symbol)
      return r.symbol;
  return {};
}

size_t axis_named(const std::string& name) {
  for (size_t i = 0; i < axis_names.size(); ++i)
    if (name == axis_names[i])
      return i;
  refuse("an axis \"" + clean_text(name, 20) + "\" is not supported");
}

void add_axis(const json& j, ome_zarr_axes& axes) {
  const auto name = j.is_string() ? j : j.at("name"); // version 0.3 has names only
  const auto axis = axis_named(name.get<std::string>());
  if (axes.dimension[axis] != ome_zarr_axes::absent)
    refuse(std::string{"the axis "} + axis_names[axis] + " is there twice");
  axes.dimension[axis] = static_cast<int32_t>(axes.count++);
  if (j.is_object() && j.contains("unit") && j["unit"].is_string())
    axes.unit[axis] = symbol_of(j["unit"].get<std::string>());
}

/// Multiplies what the scales of a list say; those of a wrong form say nothing.
void apply_scales(const json& of, std::vector<double>& factors) {
  const auto list = of.value("coordinateTransformations", json::array());
  for (auto& t : list) {
    if (!t.is_object() || t.value("type", json{}) != "scale" || !t.contains("scale"))
      continue;
    const auto& scale = t["scale"];
    if (!scale.is_array() || scale.size() != factors.size())
      continue;
    for (size_t i = 0; i < factors.size(); ++i)
      factors[i] *= scale[i].is_number() ? scale[i].get<double>() : NAN;
  }
}

} // namespace

std::string ome_zarr_unit(const std::string& symbol) {
  for (auto& r : axis_unit_rows)
    if (symbol == r.symbol)
      return r.name;
  return {};
}

ome_zarr_axes read_axes(const json& multiscale) {
  ome_zarr_axes axes;
  const auto list = multiscale.value("axes", json(axis_names));
  if (!list.is_array())
    refuse("its axes are no list");
  for (auto& a : list)
    add_axis(a, axes);
  if (axes.dimension[axis_y] == ome_zarr_axes::absent
      || axes.dimension[axis_x] == ome_zarr_axes::absent)
    refuse("it has no axes x and y");
  return axes;
}

std::array<std::optional<metadata::quantity>, 5> read_steps(const json& multiscale,
                                                            const ome_zarr_axes& axes) {
  std::vector<double> factors(axes.count, 1);
  apply_scales(multiscale.at("datasets").at(0), factors);
  apply_scales(multiscale, factors);
  std::array<std::optional<metadata::quantity>, 5> steps;
  for (size_t i = 0; i < steps.size(); ++i) {
    if (axes.dimension[i] == ome_zarr_axes::absent || axes.unit[i].empty())
      continue;
    const auto step = factors[static_cast<size_t>(axes.dimension[i])];
    if (std::isfinite(step) && step > 0)
      steps[i] = {step, axes.unit[i]};
  }
  return steps;
}

} // namespace troupe::formats
