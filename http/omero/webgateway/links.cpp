// Where an image can be looked at, and where its files came from.

#include "http/encode.hpp"
#include "http/omero/iviewer/page.hpp"
#include "http/omero/static_files.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webgateway/cards.hpp"
#include "schema/queries/downloads.hpp"
#include "schema/queries/search.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

/// Our viewer understands what their addresses say of channels and planes.
web_response image_page(call& c) {
  const auto image = c.ask_room(grant_image{.image = c.id("image")}).image;
  if (has_their_viewer(c))
    return viewer_page(c, image);
  auto to = fmt::format("{}/image/{}", c.in.base, image);
  char separator = '?';
  for (auto name : {"c", "m", "z", "t"})
    if (const auto value = c.in.argument(name)) {
      to += fmt::format("{}{}={}", separator, name, percent_encoded(*value));
      separator = '&';
    }
  return redirect(to);
}

/// Those whose files are there.
web_response other_viewers(call& c) {
  auto list = json::array();
  if (has_their_viewer(c))
    list.push_back({{"id", "omero_iviewer"},
                    {"url", "/iviewer/"},
                    {"label", "OMERO.iviewer"},
                    {"supported_objects", json::array({"images", "dataset", "well"})},
                    {"script_url", "/static/omero_iviewer/openwith.js"}});
  if (has_static_file(c, "omero_figure/index.html"))
    list.push_back({{"id", "omero_figure"},
                    {"url", "/figure/new/"},
                    {"label", "OMERO.figure"},
                    {"supported_objects", json::array({"images"})},
                    {"target", "_blank"}});
  return document({{"open_with_options", std::move(list)}});
}

web_response file_paths(call& c) {
  const auto found = c.ask(find_original_paths{.image = c.id("image")});
  return document({{"repo", found.stored},
                   {"client", found.sent},
                   {"fileset", {{"id", found.fileset}}}});
}

json found_image(const call& c, const json& item) {
  return {{"type", "Image"},
          {"id", item.at("id")},
          {"name", item.at("name")},
          {"description", ""},
          {"author", item.at("owner").at("name")},
          {"thumb_url", thumbnail_address(c, item.at("id"))}};
}

/// Only images are looked for.
web_response search(call& c) {
  const auto start = std::clamp<int64_t>(c.integer_or("start", 0), 0, 1000);
  const auto limit = std::clamp<int64_t>(c.integer_or("limit", 100), 0, 1000 - start);
  auto list = json::array();
  search_objects q{.words = c.field("text").value_or(""), .types = {object_type::image}};
  q.page.limit = static_cast<int32_t>(std::max<int64_t>(start + limit, 1));
  const auto found = c.ask(q);
  for (auto i = static_cast<size_t>(start);
       i < found.items.size() && list.size() < static_cast<size_t>(limit); ++i)
    list.push_back(found_image(c, json::parse(found.items[i].text)));
  return document(list);
}

} // namespace

const std::vector<route> gateway_link_routes = routes_of({
  {"GET", "/webgateway/img_detail/{image}", manner::pages, image_page},
  {"GET", "/webclient/img_detail/{image}", manner::pages, image_page},
  {"GET", "/webgateway/open_with", manner::open, other_viewers},
  {"GET", "/webgateway/original_file_paths/{image}", manner::data, file_paths},
  {"GET", "/webgateway/search", manner::data, search},
});

} // namespace troupe::http::omero
