#include "storage/export/ome_xml_parts.hpp"

#include "storage/base64.hpp"
#include "storage/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace troupe::exports {
namespace {

constexpr std::array<std::string_view, 34> lengths{"Ym",    "Zm",
                                                   "Em",    "Pm",
                                                   "Tm",    "Gm",
                                                   "Mm",    "km",
                                                   "hm",    "dam",
                                                   "m",     "dm",
                                                   "cm",    "mm",
                                                   "µm",    "nm",
                                                   "pm",    "fm",
                                                   "am",    "zm",
                                                   "ym",    "Å",
                                                   "thou",  "li",
                                                   "in",    "ft",
                                                   "yd",    "mi",
                                                   "ua",    "ly",
                                                   "pc",    "pt",
                                                   "pixel", "reference frame"};
constexpr std::array<std::string_view, 24> times{
  "Ys", "Zs", "Es", "Ps", "Ts", "Gs", "Ms", "ks", "hs", "das", "s", "ds",
  "cs", "ms", "µs", "ns", "ps", "fs", "as", "zs", "ys", "min", "h", "d"};

template <size_t N>
void put_quantity(pugi::xml_node node, const char* name,
                  const std::optional<metadata::quantity>& q,
                  const std::array<std::string_view, N>& units) {
  if (!q || !std::isfinite(q->value)
      || std::find(units.begin(), units.end(), q->unit) == units.end())
    return;
  put(node, name, q->value);
  put(node, fmt::format("{}Unit", name).c_str(), q->unit);
}

} // namespace

void put(pugi::xml_node node, const char* name, const std::string& text) {
  node.append_attribute(name) = clean_text(text).c_str();
}

void put(pugi::xml_node node, const char* name, double value) {
  if (std::isfinite(value))
    node.append_attribute(name) = fmt::format("{}", value).c_str();
}

void put(pugi::xml_node node, const char* name, std::optional<double> value) {
  if (value)
    put(node, name, *value);
}

void put(pugi::xml_node node, const char* name, std::optional<int32_t> value) {
  if (value)
    node.append_attribute(name) = *value;
}

void put_length(pugi::xml_node node, const char* name,
                const std::optional<metadata::quantity>& q) {
  put_quantity(node, name, q, lengths);
}

void put_time(pugi::xml_node node, const char* name,
              const std::optional<metadata::quantity>& q) {
  put_quantity(node, name, q, times);
}

void put_element(pugi::xml_node parent, const char* name, const std::string& text) {
  parent.append_child(name).text() = clean_text(text, size_t{16} << 20).c_str();
}

int32_t color_number(const rgba& c) {
  return static_cast<int32_t>(uint32_t{c.red} << 24 | uint32_t{c.green} << 16
                              | uint32_t{c.blue} << 8 | c.alpha);
}

void put_bytes(pugi::xml_node parent, const shared_bytes& bytes) {
  const auto text = to_base64({bytes.data(), bytes.size()});
  auto node = parent.append_child("BinData");
  node.append_attribute("BigEndian") = false;
  node.append_attribute("Length") = static_cast<unsigned long long>(text.size());
  node.text() = text.c_str();
}

} // namespace troupe::exports
