#include "http/omero/webgateway/settings_words.hpp"

#include "http/omero/webgateway/rendering.hpp"
#include "schema/queries/image_cards.hpp"

#include <algorithm>
#include <charconv>

namespace troupe::http::omero {

namespace {

void change_channel(render::channel_settings& to, const render::channel_change& by) {
  to.active = by.active;
  to.start = by.start.value_or(to.start);
  to.end = by.end.value_or(to.end);
  if (by.color) {
    to.color = *by.color;
    to.lut.clear();
  }
  to.lut = by.lut.value_or(to.lut);
  to.inverted = by.inverted.value_or(to.inverted);
  to.curve = by.curve.value_or(to.curve);
  to.coefficient = by.coefficient.value_or(to.coefficient);
}

/// A number from 1 as an index.
int32_t index_in(const web_request& in, const char* name, int32_t now) {
  const auto text = in.argument(name).value_or("");
  int32_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  return error == std::errc{} && end == text.data() + text.size() ? n - 1 : now;
}

std::optional<object_type> holder_named(std::string_view name) {
  if (name == "dataset")
    return object_type::dataset;
  if (name == "plate")
    return object_type::plate;
  if (name == "well")
    return object_type::well;
  if (name == "acquisition" || name == "run" || name == "plateacquisition")
    return object_type::run;
  return std::nullopt;
}

} // namespace

save_settings settings_wished(const web_request& in, const view_settings& now) {
  save_settings out{.image = now.image, .settings = now.settings};
  const auto wish = rendering_of_part(in).change;
  size_t named = 0;
  for (auto& c : out.settings.channels)
    for (auto& by : wish.channels)
      if (by.index == c.index) {
        change_channel(c, by);
        ++named;
        break;
      }
  if (named != out.settings.channels.size())
    throw failure{errc::bad_request, "c must list every channel of the image"};
  out.settings.model = wish.model.value_or(out.settings.model);
  out.at = {index_in(in, "z", now.at.z), index_in(in, "t", now.at.t)};
  return out;
}

std::vector<int64_t> target_images(call& c) {
  const auto ids = c.ids("toids");
  const auto type = c.field("to_type").value_or("image");
  if (type == "image")
    return ids;
  const auto holder = holder_named(type);
  if (!holder)
    throw failure{errc::bad_request,
                  "to_type must be image, dataset, plate, well or acquisition"};
  std::vector<int64_t> images;
  for (auto id : ids)
    if (const auto inside = c.find(list_image_cards{.in = *holder, .id = id}))
      for (auto& card : inside->items)
        images.push_back(card.id);
  return images;
}

void by_thousands(const std::vector<int64_t>& images,
                  const std::function<void(std::vector<int64_t>)>& ask) {
  constexpr size_t most = 1000;
  for (size_t i = 0; i < images.size(); i += most)
    ask({images.begin() + static_cast<ptrdiff_t>(i),
         images.begin() + static_cast<ptrdiff_t>(std::min(i + most, images.size()))});
}

} // namespace troupe::http::omero
