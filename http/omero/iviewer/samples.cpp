// Samples under the pointer, and statistics of those inside shapes.

#include "storage/samples.hpp"
#include "http/encode.hpp"
#include "http/omero/refusal.hpp"
#include "http/omero/tables.hpp"
#include "http/statistics_json.hpp"
#include "schema/queries/draw.hpp"
#include "schema/queries/roi_places.hpp"
#include "storage/regions/areas.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace troupe::http::omero {

namespace {

constexpr int32_t neighbours = 25; ///< pixels on each side of the pointer

/// A number that may have decimals, which are cut off.
/// @throws failure{bad_request} for what is missing, or not among 0 .. size - 1.
int32_t place_in_query(const call& c, const char* name, int32_t size) {
  const auto text = c.in.argument(name);
  if (!text)
    throw failure{errc::bad_request, fmt::format("{} is missing", name)};
  double n = 0;
  const auto end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, n);
  if (error != std::errc{} || stop != end || !std::isfinite(n))
    throw failure{errc::bad_request, fmt::format("{} is no number", name)};
  if (n < 0 || n >= size)
    throw failure{
      errc::bad_request,
      fmt::format("{} is out of bounds, the image has 0 to {}", name, size - 1)};
  return static_cast<int32_t>(n);
}

/// "0,1", from 0. @throws failure{bad_request} for what the image does not have.
std::vector<int32_t> channels_in_query(call& c, const char* name, int32_t count) {
  std::vector<int32_t> out;
  for (auto n : c.ids(name)) {
    if (n < 0 || n >= count)
      throw failure{errc::bad_request,
                    fmt::format("{}: the image has no channel {}", name, n)};
    out.push_back(static_cast<int32_t>(n));
  }
  return out;
}

int64_t required_sample(call& c, const char* name) {
  const auto id = c.integer(name);
  if (!id)
    throw failure{errc::bad_request, fmt::format("{} is missing", name)};
  return *id;
}

/// Whole numbers without a point.
json sample_json(double value, pixel_type type) {
  if (type == pixel_type::float32 || type == pixel_type::float64)
    return number_or_null(value);
  return static_cast<int64_t>(value);
}

region around(int32_t x, int32_t y, const dimensions& size) {
  const auto left = std::max(x - neighbours, 0), top = std::max(y - neighbours, 0);
  return {left, top, std::min(x + neighbours + 1, size.x) - left,
          std::min(y + neighbours + 1, size.y) - top};
}

/// Adds a channel's samples to {"x-y": {channel: value}}.
void put_samples(json& pixels, int32_t channel, const region& where,
                 const encoded_image& from) {
  const auto key = std::to_string(channel);
  int32_t i = 0;
  for_each_sample({where.width, where.height, from.type, from.bytes}, [&](double value) {
    const auto pixel =
      fmt::format("{}-{}", where.x + i % where.width, where.y + i / where.width);
    pixels[pixel][key] = sample_json(value, from.type);
    ++i;
  });
}

web_response samples_around(call& c) {
  const auto g = c.ask_room(grant_image{.image = required_sample(c, "image")});
  const auto where =
    around(place_in_query(c, "x", g.size.x), place_in_query(c, "y", g.size.y), g.size);
  const plane_index at{place_in_query(c, "z", g.size.z),
                       place_in_query(c, "t", g.size.t)};
  const auto channels = channels_in_query(c, "c", g.size.c);
  if (channels.empty())
    throw failure{errc::bad_request, "c lists no channel"};
  auto pixels = json::object();
  for (auto channel : channels)
    put_samples(pixels, channel, where,
                c.ask_room(view_samples{
                  .image = g.image, .at = at, .channel = channel, .where = where}));
  const auto count =
    int64_t{where.width} * where.height * static_cast<int64_t>(channels.size());
  return document({{"count", count}, {"pixels", std::move(pixels)}});
}

/// "12,7:13": shapes, or regions and shapes.
std::vector<int64_t> shapes_in_query(const call& c) {
  std::vector<int64_t> out;
  const std::string text{c.in.argument("ids").value_or("")};
  for (std::string_view rest = text; !rest.empty();) {
    auto item = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(item.size() + 1, rest.size()));
    item.remove_prefix(item.find(':') == item.npos ? 0 : item.find(':') + 1);
    int64_t id = 0;
    const auto end = item.data() + item.size();
    const auto [stop, error] = std::from_chars(item.data(), end, id);
    if (error != std::errc{} || stop != end)
      throw failure{errc::bad_request, fmt::format("ids: '{}' is no shape", item)};
    out.push_back(id);
  }
  if (out.empty())
    throw failure{errc::bad_request, "ids is missing"};
  return out;
}

/// Each channel of each shape, one shape after the other.
measure_shapes wish_for(const image_grant& g, const stored_shapes& found, plane_index at,
                        const std::vector<int32_t>& channels) {
  measure_shapes m{.image = g.image};
  for (auto& s : found.shapes) {
    const auto flat = regions::flattened(s.what);
    if (flat.size() != 1)
      throw failure{
        errc::bad_request,
        fmt::format("shape {} is a turned mask: it cannot be measured", s.id)};
    for (auto channel : channels)
      m.shapes.push_back({regions::measured_shape(flat[0]), s.what.z.value_or(at.z),
                          s.what.t.value_or(at.t), channel});
  }
  return m;
}

json statistics_json(const shape_statistics::channel& of) {
  const auto& found = of.found;
  return {{"index", of.index},
          {"points", found.points},
          {"min", number_or_null(found.min)},
          {"max", number_or_null(found.max)},
          {"sum", number_or_null(found.sum)},
          {"mean", number_or_null(found.mean)},
          {"std_dev", number_or_null(found.deviation)}};
}

web_response statistics_of_shapes(call& c) {
  const auto ids = shapes_in_query(c);
  const auto image = c.ask(place_roi{.type = object_type::shape, .id = ids[0]}).image;
  const auto g = c.ask_room(grant_image{.image = image});
  const plane_index at{place_in_query(c, "z", g.size.z),
                       place_in_query(c, "t", g.size.t)};
  const auto channels = channels_in_query(c, "cs", g.size.c);
  if (g.levels.size() > 1)
    throw failure{errc::bad_request, "shapes of a tiled image are not measured"};
  const auto found = c.find(find_shapes{.image = image, .ids = ids});
  if (!found)
    throw failure{errc::bad_request, "the shapes are not all of one image"};
  auto out = json::object();
  for (auto& s : found->shapes)
    out[std::to_string(s.id)] = json::array();
  if (!channels.empty()) {
    const auto measured = c.ask_room(wish_for(g, *found, at, channels));
    for (size_t i = 0; i < measured.shapes.size(); ++i)
      out[std::to_string(found->shapes[i / channels.size()].id)].push_back(
        statistics_json(measured.shapes[i].found.channels.at(0)));
  }
  return document(out);
}

} // namespace

const std::vector<route> iviewer_sample_routes = routes_of({
  {"GET", "/iviewer/get_intensity", manner::data, telling_errors(samples_around)},
  {"GET", "/iviewer/shape_stats", manner::data, telling_errors(statistics_of_shapes)},
});

} // namespace troupe::http::omero
