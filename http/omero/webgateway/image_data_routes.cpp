// imgData: the document about an image, or one value of it.

#include "http/desk.hpp"
#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webgateway/image_data.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

/// "rdefs.model". @returns null for what is not there.
json value_at_path(const json& document, std::string_view path) {
  const json* at = &document;
  while (!path.empty()) {
    const auto dot = std::min(path.find('.'), path.size());
    const auto found = at->is_object() ? at->find(path.substr(0, dot)) : at->end();
    if (found == at->end())
      return {};
    at = &*found;
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return *at;
}

/// A visitor is not told whether it exists.
web_response no_such_image(const call& c, int64_t image) {
  const auto visits = token_of(c.in).empty();
  return plain(fmt::format("Image:{} not found", image), visits ? 403 : 404);
}

web_response image_data_answer(call& c) {
  const auto image = c.id("image");
  try {
    const auto found = image_data(c, image, c.in.argument("getDefaults") == "true");
    const auto key = c.in.captured.find("key");
    return document(key == c.in.captured.end() ? found
                                               : value_at_path(found, key->second));
  } catch (const refused& r) {
    if (r.answer.status != 404)
      throw;
    return no_such_image(c, image);
  }
}

} // namespace

const std::vector<route> gateway_image_data_routes = routes_of({
  {"GET", "/webgateway/imgData/{image}", manner::data, image_data_answer},
  {"GET", "/webgateway/imgData/{image}/{key}", manner::data, image_data_answer},
  {"GET", "/webclient/imgData/{image}", manner::data, image_data_answer},
});

} // namespace troupe::http::omero
