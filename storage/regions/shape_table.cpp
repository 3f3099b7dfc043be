#include "storage/regions/shape_table.hpp"

#include "storage/base64.hpp"
#include "storage/csv.hpp"
#include "storage/failure.hpp"
#include "storage/formats/xml.hpp"
#include "storage/regions/colours.hpp"
#include "storage/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

#include <cctype>
#include <map>

namespace troupe::regions {
namespace {

using metadata::shape;

constexpr std::array columns{
  "roi",    "name",        "description",     "kind", "z",      "c",
  "t",      "geometry",    "transform",       "text", "locked", "fill",
  "stroke", "strokeWidth", "strokeWidthUnit", "mask"};

std::string joined(const std::vector<double>& numbers) {
  std::string out;
  for (auto n : numbers)
    out += fmt::format("{}{}", out.empty() ? "" : " ", n);
  return out;
}

std::string plane(const std::optional<int32_t>& at) {
  return at ? std::to_string(*at) : "";
}

std::string color(const std::optional<rgba>& c) {
  return c ? text_of(*c) : "";
}

std::string kind_of(const shape& s) {
  std::string name{metadata::name_of(s.kind)};
  name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
  return name;
}

std::vector<std::string> cells_of(const metadata::roi& roi, size_t number,
                                  const shape& s) {
  const auto& width = s.style.stroke_width;
  const auto& m = s.transform;
  return {std::to_string(number),
          roi.name,
          roi.description,
          kind_of(s),
          plane(s.z),
          plane(s.c),
          plane(s.t),
          joined(s.geometry),
          m ? joined({m->a00, m->a10, m->a01, m->a11, m->a02, m->a12}) : "",
          s.text,
          s.locked ? "true" : "",
          color(s.style.fill),
          color(s.style.stroke),
          width ? fmt::format("{}", width->value) : "",
          width ? width->unit : "",
          s.mask.size() > 0 ? to_base64({s.mask.data(), s.mask.size()}) : ""};
}

/// A row by the names of its columns.
class table_row {
public:
  table_row(const csv_table& table, const csv_table::row& row)
    : table_{table},
      row_{row} {}

  const std::string& operator[](std::string_view name) const {
    static const std::string none;
    for (size_t i = 0; i < table_.header.size(); ++i)
      if (table_.header[i] == name)
        return row_.cells[i];
    return none;
  }
  [[noreturn]] void refuse(const char* name, std::string_view what) const {
    throw failure{errc::bad_request,
                  fmt::format("line {}: {} is \"{}\", {}", row_.line, name,
                              clean_text((*this)[name].substr(0, 60), 80), what)};
  }
  std::vector<double> numbers(const char* name) const {
    constexpr auto between = " ,;\t\r\n";
    const auto& text = (*this)[name];
    std::vector<double> out;
    for (size_t at = 0; (at = text.find_first_not_of(between, at)) != text.npos;) {
      const auto end = std::min(text.find_first_of(between, at), text.size());
      const auto n = formats::xml::number_of(text.substr(at, end - at));
      if (!n || out.size() >= 2 * limits::most_points)
        refuse(name, "which is no list of numbers, or too long");
      out.push_back(*n);
      at = end;
    }
    return out;
  }
  std::optional<int32_t> place(const char* name) const {
    if ((*this)[name].empty())
      return std::nullopt;
    const auto n = formats::xml::whole_of((*this)[name]);
    if (!n || *n < 0 || *n > INT32_MAX)
      refuse(name, "which is no whole number from 0");
    return static_cast<int32_t>(*n);
  }
  std::optional<rgba> color(const char* name) const {
    if ((*this)[name].empty())
      return std::nullopt;
    const auto c = color_in((*this)[name]);
    if (!c)
      refuse(name, "which is no #RRGGBBAA");
    return c;
  }

private:
  const csv_table& table_;
  const csv_table::row& row_;
};

std::optional<metadata::affine> transform_in(const table_row& row) {
  const auto m = row.numbers("transform");
  if (m.empty())
    return std::nullopt;
  if (m.size() != 6)
    row.refuse("transform", "which is not six numbers");
  return metadata::affine{m[0], m[1], m[2], m[3], m[4], m[5]};
}

std::optional<metadata::quantity> width_in(const table_row& row) {
  const auto n = row.numbers("strokeWidth");
  if (n.empty())
    return std::nullopt;
  const auto& unit = row["strokeWidthUnit"];
  return metadata::quantity{n[0], unit.empty() ? "pixel" : clean_text(unit, 64)};
}

shape shape_in(const table_row& row) {
  auto name = row["kind"];
  if (!name.empty())
    name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
  const auto kind = metadata::shape_kind_of(name);
  if (!kind)
    row.refuse("kind", "which is no kind of shape");
  shape s;
  s.kind = *kind;
  s.geometry = row.numbers("geometry");
  s.z = row.place("z");
  s.c = row.place("c");
  s.t = row.place("t");
  s.transform = transform_in(row);
  s.text = clean_text(row["text"], 40'000);
  s.locked = row["locked"] == "true";
  s.style.fill = row.color("fill");
  s.style.stroke = row.color("stroke");
  s.style.stroke_width = width_in(row);
  auto bits = from_base64(row["mask"]);
  if (!bits)
    row.refuse("mask", "which is no base64");
  if (!bits->empty())
    s.mask = shared_bytes{std::move(*bits)};
  return s;
}

} // namespace

bool is_shape_table(std::string_view bytes) {
  const auto header = bytes.substr(0, std::min(bytes.find('\n'), size_t{4096}));
  return header.find("kind") != header.npos && header.find("geometry") != header.npos;
}

found_regions read_shape_table(std::string_view bytes, const dimensions&) {
  const auto table = read_csv(bytes, limits::most_shapes);
  found_regions found;
  std::map<std::string, size_t> known;
  for (auto& cells : table.rows) {
    const table_row row{table, cells};
    auto shape = shape_in(row);
    const auto& of = row["roi"];
    auto at = found.rois.size();
    if (!of.empty())
      at = known.emplace(of, at).first->second;
    if (at == found.rois.size()) {
      auto& roi = found.rois.emplace_back();
      roi.name = clean_text(row["name"], 1000);
      roi.description = clean_text(row["description"], 100'000);
    }
    found.rois[at].shapes.push_back(std::move(shape));
  }
  return found;
}

std::string write_shape_table(const drawing& d) {
  auto out = csv_row({columns.begin(), columns.end()});
  for (size_t i = 0; i < d.rois.size(); ++i)
    for (auto& s : d.rois[i].shapes)
      out += csv_row(cells_of(d.rois[i], i + 1, s));
  return out;
}

} // namespace troupe::regions
