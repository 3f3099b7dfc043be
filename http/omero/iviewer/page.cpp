#include "http/omero/iviewer/page.hpp"

#include "http/encode.hpp"
#include "http/omero/api/objects.hpp"
#include "http/omero/csrf.hpp"
#include "http/omero/static_files.hpp"
#include "http/omero/tables.hpp"
#include "schema/queries/roi_places.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe::http::omero {

namespace {

constexpr int32_t most_active_channels = 10;

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

/// All values are texts.
json request_parameters(const call& c, std::optional<int64_t> image) {
  json out{{"VERSION", TROUPE_VERSION}, {"OMERO_VERSION", "5.6.15"}};
  for (auto& [key, value] : c.in.query)
    if (!key.empty() && !value.empty())
      out[upper(key)] = value;
  if (image)
    out["IMAGES"] = std::to_string(*image);
  out.update({{"WEBGATEWAY", "/webgateway/"},
              {"WEBCLIENT", "/webclient/"},
              {"WEB_API_BASE", "/api/v0/"},
              {"INTERPOLATE", "True"},
              {"ROI_PAGE_SIZE", "500"},
              {"MAX_PROJECTION_BYTES", std::to_string(256 << 20)},
              {"MAX_ACTIVE_CHANNELS", std::to_string(most_active_channels)},
              {"ROI_COLOR_PALETTE", ""},
              {"SHOW_PALETTE_ONLY", "False"},
              {"ENABLE_MIRROR", "False"},
              {"NODEDESCRIPTORS", "None"}});
  if (has_static_file(c, "omero_figure/index.html"))
    out["OMERO_FIGURE"] = "/figure/";
  return out;
}

web_response their_page(const call& c, std::optional<int64_t> image) {
  const auto nonce = page_nonce();
  auto out =
    application_page(fmt::format(R"html(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>OMERO.iviewer</title>
<link rel="stylesheet" href="/static/omero_iviewer/css/all.min.css">
<script nonce="{}">
window.INITIAL_REQUEST_PARAMS = {};
window.OME = {{
  OPEN_WITH: [],
  setOpenWithEnabledHandler(label, enabled) {{
    for (const one of this.OPEN_WITH) if (one.label === label) one.isEnabled = enabled;
  }},
  setOpenWithUrlProvider(id, url) {{
    for (const one of this.OPEN_WITH) if (one.id === id) one.getUrl = url;
  }},
}};
</script></head>
<body>
<script src="/static/omero_iviewer/vendors.js"></script>
<script src="/static/omero_iviewer/main.js"></script>
<script src="/static/omero_iviewer/deps.js"></script>
</body></html>
)html",
                                 nonce, script_literal(request_parameters(c, image))),
                     nonce);
  give_csrf(c, out, csrf_token(c.in));
  return out;
}

std::optional<int64_t> image_of_region(call& c, object_type type, const char* name) {
  const auto ids = c.ids(name);
  const auto at =
    ids.empty() ? std::nullopt : c.find(place_roi{.type = type, .id = ids.front()});
  return at ? std::optional{at->image} : std::nullopt;
}

std::optional<int64_t> image_of_well(call& c) {
  const auto well = c.integer("well");
  if (!well)
    return std::nullopt;
  const auto fields =
    find_whole(c, object_type::well, *well).facts.value("fields", json::array());
  return fields.empty() ? std::nullopt
                        : std::optional<int64_t>{fields[0].at("image")};
}

/// The first that the query names, in whatever way.
std::optional<int64_t> image_in_query(call& c) {
  if (const auto images = c.ids("images"); !images.empty())
    return images.front();
  if (auto image = image_of_region(c, object_type::shape, "shape"))
    return image;
  if (auto image = image_of_region(c, object_type::roi, "roi"))
    return image;
  return image_of_well(c);
}

/// Both count planes from 1.
std::string plane_in_query(const call& c) {
  std::string out;
  for (auto axis : {"z", "t"})
    if (auto at = c.in.argument(axis))
      out += fmt::format("{}{}={}", out.empty() ? "?" : "&", axis, percent_encoded(*at));
  return out;
}

web_response our_page(call& c, std::optional<int64_t> image) {
  if (!image)
    image = image_in_query(c);
  if (image)
    return redirect(fmt::format("/image/{}{}", *image, plane_in_query(c)));
  const auto dataset = c.integer("dataset");
  return redirect(dataset ? fmt::format("/dataset/{}", *dataset) : "/");
}

web_response page_for_query(call& c) {
  return viewer_page(c);
}

web_response picture_service(call&) {
  return document({{"options", {{"maxActiveChannels", most_active_channels}}}});
}

} // namespace

bool has_their_viewer(const call& c) {
  return has_static_file(c, "omero_iviewer/main.js");
}

web_response viewer_page(call& c, std::optional<int64_t> image) {
  c.who();
  return has_their_viewer(c) ? their_page(c, image) : our_page(c, image);
}

const std::vector<route> iviewer_page_routes = routes_of({
  {"GET", "/iviewer", manner::pages, page_for_query},
  {"OPTIONS", "/omero_ms_image_region", manner::open, picture_service},
});

} // namespace troupe::http::omero
