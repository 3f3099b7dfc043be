// The lookup tables, as a list and as a picture of bands in the list's order.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "storage/encode/transparent.hpp"

#include <algorithm>

namespace troupe::http::omero {

namespace {

constexpr int32_t band_height = 10;
constexpr int32_t band_width = 256;

std::string lower_letters(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::vector<render::lut_library::entry> sorted_tables(const lut_list& all) {
  auto out = all.tables.entries();
  std::stable_sort(out.begin(), out.end(), [](auto& a, auto& b) {
    return lower_letters(a.name) < lower_letters(b.name);
  });
  return out;
}

/// "/luts/wcif/" for a file in a folder.
std::string folder_of(const render::lut_library::entry& e) {
  const auto slash = e.path.rfind('/');
  return "/luts/" + (slash == e.path.npos ? "" : e.path.substr(0, slash + 1));
}

json colors_of(const render::lookup_table& table) {
  auto out = json::array();
  for (size_t i = 0; i < 256; ++i)
    out.push_back(
      {table.components[0][i], table.components[1][i], table.components[2][i]});
  return out;
}

json list_of(const lut_list& all, bool with_colors) {
  auto luts = json::array(), bands = json::array();
  const auto tables = sorted_tables(all);
  for (size_t i = 0; i < tables.size(); ++i) {
    const auto& e = tables[i];
    json item{{"id", i + 1}, {"path", folder_of(e)}, {"name", e.name},
              {"size", 768}, {"png_index", i},       {"png_index_new", i}};
    if (auto* table = all.tables.find(e.name); table && with_colors)
      item["rgb"] = colors_of(*table);
    luts.push_back(std::move(item));
    bands.push_back(folder_of(e) + e.name);
  }
  bands.push_back("gradient.png");
  return {{"luts", std::move(luts)}, {"png_luts", bands}, {"png_luts_new", bands}};
}

web_response lut_names(call& c) {
  const auto with_colors = c.in.argument("rgb") == "true";
  return document(list_of(c.ask_room(list_luts{}), with_colors));
}

/// @param color_at  of the columns 0 to 255.
template <class Color>
void paint_band(transparent_picture& on, size_t number, Color color_at) {
  const auto top = static_cast<int32_t>(number) * band_height;
  for (int32_t x = 0; x < band_width; ++x)
    for (int32_t y = top; y < top + band_height; ++y)
      on.set(x, y, color_at(static_cast<size_t>(x)));
}

/// The last band goes from black to clear: what is laid over a colour.
web_response lut_bands(call& c) {
  const auto all = c.ask_room(list_luts{});
  const auto tables = sorted_tables(all);
  transparent_picture p{band_width,
                        band_height * static_cast<int32_t>(tables.size() + 1)};
  for (size_t i = 0; i < tables.size(); ++i)
    if (auto* table = all.tables.find(tables[i].name))
      paint_band(p, i, [&](size_t x) {
        return rgba{table->components[0][x], table->components[1][x],
                    table->components[2][x], 255};
      });
  paint_band(p, tables.size(), [](size_t x) {
    return rgba{0, 0, 0, static_cast<uint8_t>(255 - x)};
  });
  web_response out{.type = "image/png"};
  out.bytes = p.png().bytes;
  out.headers.emplace_back("Cache-Control", "private, max-age=60");
  return out;
}

} // namespace

const std::vector<route> gateway_lut_routes = routes_of({
  {"GET", "/webgateway/luts", manner::data, lut_names},
  {"GET", "/webclient/luts", manner::data, lut_names},
  {"GET", "/webgateway/luts_png", manner::picture, lut_bands},
});

} // namespace troupe::http::omero
