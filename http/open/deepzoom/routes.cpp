// Deep Zoom images: a description in XML, and tiles of every level.

#include "http/arguments.hpp"
#include "http/open/deepzoom/levels.hpp"
#include "http/open/numbers.hpp"
#include "http/open/plane_name.hpp"
#include "http/open/scaled_picture.hpp"
#include "http/open/tables.hpp"
#include "http/picture_arguments.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe::http {

namespace {

constexpr int32_t usual_side = 512;

/// The tiles of the server's own API where they are square.
int32_t deepzoom_side(const image_grant& g) {
  const auto tile = tiles_of(g.tile);
  return tile.width == tile.height ? tile.width : usual_side;
}

/// "7" of "7.dzi" or "7_files".
std::string_view without_ending(const std::string& text, std::string_view ending) {
  if (!text.ends_with(ending))
    throw failure{errc::not_found, "no such address"};
  return std::string_view{text}.substr(0, text.size() - ending.size());
}

struct tile_text {
  int32_t column = 0, row = 0;
  output as = output::jpeg;
};

/// "3_4.jpg"
tile_text tile_named(std::string_view text) {
  const auto bar = std::min(text.find('_'), text.size());
  const auto dot = std::min(text.find('.', bar), text.size());
  const auto column = plain_number(text.substr(0, bar)),
             row = plain_number(text.substr(std::min(bar + 1, dot), dot - bar - 1));
  const auto format = text.substr(dot);
  if (!column || !row || (format != ".jpg" && format != ".jpeg" && format != ".png"))
    throw failure{
      errc::bad_request,
      fmt::format("the tile \"{}\" is not like 3_4.jpg or 3_4.png", text.substr(0, 80))};
  return {*column, *row, format == ".png" ? output::png : output::jpeg};
}

/// "jpg" or "png", as asked for by ?format=jpeg or png.
const char* ending_of(output format) {
  if (format == output::tiff)
    throw failure{errc::bad_request, "format must be jpeg or png"};
  return format == output::png ? "png" : "jpg";
}

web_response deepzoom_image(desk& d, web_request& in) {
  const auto name = plane_named(without_ending(in.captured.at("name"), ".dzi"), in);
  const auto format = ending_of(wish_of(in).as);
  return d.ask_session(in, grant_image{.image = name.image}, [&](const image_grant& g) {
    plane_shown(name, g); // or there is no such image
    web_response out;
    out.type = "application/xml";
    out.headers.emplace_back("Cache-Control", "no-store");
    out.text = fmt::format(
      R"(<?xml version="1.0" encoding="UTF-8"?>
<Image xmlns="http://schemas.microsoft.com/deepzoom/2008" Format="{}" Overlap="0" TileSize="{}">
  <Size Width="{}" Height="{}"/>
</Image>
)",
      format, deepzoom_side(g), g.size.x, g.size.y);
    return out;
  });
}

web_response deepzoom_tile(desk& d, web_request& in) {
  const auto name = plane_named(without_ending(in.captured.at("files"), "_files"), in);
  const auto level = number_in_path(in, "level");
  const auto tile = tile_named(in.captured.at("tile"));
  auto wish = wish_of(in);
  wish.as = tile.as;
  return scaled_picture(d, in, name.image, [=](const image_grant& g) {
    const auto at = plane_shown(name, g);
    const auto place = deepzoom::place_of({g.size.x, g.size.y}, deepzoom_side(g), level,
                                          tile.column, tile.row);
    return picture_order{
      {.at = at, .where = place.where, .finish = {.size = place.size}, .wish = wish}};
  });
}

web_response no_deepzoom_address(desk&, web_request& in) {
  return problem(errc::not_found, "no such address", in.id);
}

} // namespace

const std::vector<route> deepzoom_routes{
  {"GET",
   "/deepzoom/{name}",
   access::session,
   "What a viewer needs to know of an image",
   {},
   "",
   200,
   "application/xml",
   deepzoom_image},
  {"GET",
   "/deepzoom/{files}/{level}/{tile}",
   access::session,
   "A tile of a level",
   {},
   "",
   200,
   "image/jpeg, image/png",
   deepzoom_tile},
  {"GET",
   "/deepzoom/{rest...}",
   access::anyone,
   "Nothing else",
   {},
   "",
   404,
   "",
   no_deepzoom_address},
};

} // namespace troupe::http
