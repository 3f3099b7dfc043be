// Thumbnails as JSON: texts that pages show as pictures.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webgateway/rendering.hpp"
#include "http/omero/webgateway/thumbnails.hpp"
#include "http/thumbnail_batch.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe::http::omero {

namespace {

constexpr size_t most_thumbnail_texts = 50; ///< in one answer

web_response many_thumbnails(call& c) {
  auto ids = c.ids("id");
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  if (ids.size() > most_thumbnail_texts)
    return plain(fmt::format("Max {} thumbnails at a time.", most_thumbnail_texts), 400);
  if (ids.empty())
    return document(json::object());
  return draw_thumbnails(
    c.house, c.in, ids, {.longest = width_in_path(c), .wish = rendering_of_part(c.in)},
    [ids](const drawn_thumbnails& drawn) {
      json out;
      for (size_t i = 0; i < ids.size(); ++i)
        out[std::to_string(ids[i])] = drawn[i] ? json(data_uri(*drawn[i])) : json{};
      return document(out);
    });
}

web_response thumbnail_as_text(call& c) {
  return c.house.ask_session(
    c.in, thumbnail_in(c), [](const encoded_image& p) { return document(data_uri(p)); });
}

web_response placeholder_as_text(call& c) {
  auto out = thumbnail_as_text(c);
  return out.status == 404 ? document(data_uri(placeholder())) : out;
}

} // namespace

const std::vector<route> gateway_thumbnail_text_routes = routes_of({
  {"GET", "/webgateway/get_thumbnails", manner::data, many_thumbnails},
  {"GET", "/webgateway/get_thumbnails/{width}", manner::data, many_thumbnails},
  {"GET", "/webclient/get_thumbnails", manner::data, many_thumbnails},
  {"GET", "/webclient/get_thumbnails/{width}", manner::data, many_thumbnails},
  {"GET", "/webgateway/get_thumbnail/{image}", manner::data, thumbnail_as_text},
  {"GET", "/webgateway/get_thumbnail/{image}/{width}", manner::data, thumbnail_as_text},
  {"GET", "/webgateway/get_thumbnail/{image}/{width}/{height}", manner::data,
   thumbnail_as_text},
  {"GET", "/webclient/get_thumbnail/{image}", manner::data, placeholder_as_text},
  {"GET", "/webclient/get_thumbnail/{image}/{width}", manner::data, placeholder_as_text},
});

} // namespace troupe::http::omero
