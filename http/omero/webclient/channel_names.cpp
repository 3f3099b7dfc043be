// Channels of an image, or of all like it beside it, get names.

#include "schema/queries/channel_names.hpp"
#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webclient/error_row.hpp"
#include "http/omero/webclient/words.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

constexpr int32_t most_channels = 4096;

/// `channel0=DAPI&channel1=GFP`.
std::map<int32_t, std::string> names_in_form(call& c) {
  std::map<int32_t, std::string> out;
  for (int32_t n = 0; n < most_channels; ++n) {
    auto name = c.field(fmt::format("channel{}", n));
    if (!name)
      break;
    out[n] = std::move(*name);
  }
  if (out.empty())
    throw failure{errc::bad_request, "channel0: the names are missing"};
  return out;
}

/// "dataset-5", where all images shall get the names.
std::optional<rename_channels::place> place_in_form(call& c) {
  const auto text = c.field("parentId").value_or("");
  if (!c.flag("confirm_apply") || text.empty())
    return std::nullopt;
  const auto [type, id] = object_word(text);
  if (type != object_type::dataset && type != object_type::plate)
    throw failure{errc::bad_request, "parentId: it must be a dataset or a plate"};
  return rename_channels::place{type, id};
}

web_response edit_channel_names(call& c) {
  const auto names = names_in_form(c);
  const auto done = c.ask(rename_channels{
    .image = c.id("image"), .names = names, .everywhere_in = place_in_form(c)});
  auto told = json::object();
  for (auto& [n, name] : names)
    told[fmt::format("channel{}", n)] = name;
  json body{{"channelNames", told}, {"updateCount", done.changed}};
  body["imageCount"] = done.images;
  return document(body);
}

web_response names_are_posted(call&) {
  return document({{"error", "channel names are sent by POST"}}, 405);
}

} // namespace

const std::vector<route> webclient_channel_routes = routes_of({
  error_row("POST", "/webclient/edit_channel_names/{image}", edit_channel_names),
  error_row("GET", "/webclient/edit_channel_names/{image}", names_are_posted),
});

} // namespace troupe::http::omero
