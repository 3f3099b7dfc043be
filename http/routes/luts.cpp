// The lookup tables that channels can be drawn with.

#include "http/encode.hpp"
#include "http/routes/tables.hpp"
#include "storage/encode/encode.hpp"

namespace troupe::http {

namespace {

constexpr int32_t strip_height = 10; ///< pixels of one table

web_response names(const lut_list& all) {
  auto items = json::array();
  for (auto& e : all.tables.entries())
    items.push_back({{"name", e.name}, {"path", e.path.empty() ? json{} : json(e.path)}});
  return document({{"items", std::move(items)}, {"stripHeight", strip_height}});
}

void paint_strip(const render::lookup_table& table, uint8_t* rgb) {
  for (size_t i = 0; i < 256; ++i)
    for (size_t c = 0; c < 3; ++c)
      rgb[i * 3 + c] = table.components[c][i];
}

/// 256 pixels wide, a strip per table, in the order of the list.
web_response draw_all(const lut_list& all) {
  auto entries = all.tables.entries();
  render::picture p{256, strip_height * static_cast<int32_t>(entries.size()), {}};
  p.rgb.resize(static_cast<size_t>(p.width) * static_cast<size_t>(p.height) * 3);
  for (size_t row = 0; row < static_cast<size_t>(p.height); ++row)
    if (auto* table = all.tables.find(entries[row / strip_height].name))
      paint_strip(*table, p.rgb.data() + row * 256 * 3);
  web_response out;
  out.type = "image/png";
  out.bytes = encode(p, image_format::png).bytes;
  out.headers.emplace_back("Cache-Control", "private, max-age=60");
  return out;
}

} // namespace

const std::vector<route> lut_routes{
  {"GET",
   "/api/v1/luts",
   access::session,
   "Names of lookup tables",
   {},
   "",
   200,
   "LutList",
   [](desk& d, web_request& in) { return d.ask_session(in, list_luts{}, names); }},
  {"GET",
   "/api/v1/luts/preview",
   access::session,
   "All of them as one picture, a strip each, 256 pixels wide",
   {},
   "",
   200,
   "image/png",
   [](desk& d, web_request& in) { return d.ask_session(in, list_luts{}, draw_all); }},
};

} // namespace troupe::http
