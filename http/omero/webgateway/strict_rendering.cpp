#include "http/omero/webgateway/strict_rendering.hpp"

#include "storage/render/channel_list.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe::http::omero {

namespace {

std::string mistake_in(const render::channel_item& item) {
  if (!item.window)
    return fmt::format("c: channel {} has no window start:end", std::abs(item.index));
  if (!item.color.ends_with(".lut") && !render::parse_html_color(item.color))
    return fmt::format("c: channel {} has no colour", std::abs(item.index));
  return {};
}

} // namespace

std::string rendering_mistake(const web_request& in) {
  const auto text = in.argument("c").value_or("");
  const auto items = render::parse_channels(text);
  const auto written = std::count(text.begin(), text.end(), ',') + 1;
  if (items.empty() || static_cast<ptrdiff_t>(items.size()) != written)
    return "c must list channels as [-]N|start:end$color";
  for (auto& item : items)
    if (auto wrong = mistake_in(item); !wrong.empty())
      return wrong;
  const auto m = in.argument("m").value_or("");
  if (m != "g" && m != "c")
    return "m must be g or c";
  if (auto maps = in.argument("maps")) {
    const auto list = json::parse(*maps, nullptr, false);
    if (!list.is_array() || list.size() != items.size())
      return "maps must be a JSON array with an entry for every item of c";
  }
  return {};
}

std::function<web_response(call&)> strictly(web_response (*run)(call&)) {
  return [run](call& c) {
    auto wrong = rendering_mistake(c.in);
    return wrong.empty() ? run(c) : plain(std::move(wrong), 400);
  };
}

} // namespace troupe::http::omero
