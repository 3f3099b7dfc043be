// Where regions are: those of a plane, how many there are on each, and the page that one
// of them is on.

#include "http/encode.hpp"
#include "http/omero/api/paging.hpp"
#include "http/omero/marshal/objects.hpp"
#include "http/omero/refusal.hpp"
#include "http/omero/tables.hpp"
#include "schema/queries/roi_places.hpp"

#include <fmt/format.h>

#include <charconv>

namespace troupe::http::omero {

namespace {

constexpr int32_t rois_of_a_page = 500;

/// "3" or "3-7" in the path. @throws failure{not_found} for anything else.
std::pair<int32_t, int32_t> span_in_path(const call& c, const char* name) {
  const std::string& text = c.in.captured.at(name);
  auto number_in = [&](std::string_view part) {
    int32_t n = 0;
    const auto end = part.data() + part.size();
    const auto [stop, error] = std::from_chars(part.data(), end, n);
    if (error != std::errc{} || stop != end || n < 0)
      throw failure{errc::not_found, fmt::format("{} is no plane", name)};
    return n;
  };
  const auto dash = text.find('-');
  const auto first = number_in(std::string_view{text}.substr(0, dash));
  return {first,
          dash == text.npos ? first : number_in(std::string_view{text}.substr(dash + 1))};
}

web_response rois_by_plane(call& c) {
  auto which = slice_of(c);
  if (!c.in.argument("limit"))
    which.limit = rois_of_a_page;
  auto page =
    c.ask(list_objects{.type = object_type::roi,
                       .places = {{object_type::image, c.id("image")}},
                       .shapes = shape_wish{span_in_path(c, "z"), span_in_path(c, "t")},
                       .offset = which.offset,
                       .limit = which.limit});
  const details_book whose{std::move(page.holdings)};
  list_text items;
  for (auto& o : page.items)
    items.add(marshalled(object_type::roi, o, json::parse(o.facts), whose, {}).close());
  return api_answer(list_answer(std::move(items), which, page.total).close());
}

web_response shapes_by_plane(call& c) {
  return document(
    {{"data", c.ask(count_shapes_by_plane{.image = c.id("image")}).by_section}});
}

json place_json(const roi_position& at) {
  return {{"image", {{"id", at.image}}},
          {"roi", {{"id", at.roi}}},
          {"roi_index", at.index},
          {"roi_count", at.count}};
}

web_response page_of_roi(call& c) {
  return document(place_json(c.ask(place_roi{.id = c.id("roi")})));
}

web_response page_of_shape(call& c) {
  const auto at = c.ask(place_roi{.type = object_type::shape, .id = c.id("shape")});
  auto out = place_json(at);
  out["theZ"] = at.z ? json(*at.z) : json{};
  out["theT"] = at.t ? json(*at.t) : json{};
  return document(out);
}

} // namespace

const std::vector<route> iviewer_roi_routes = routes_of({
  {"GET", "/iviewer/rois_by_plane/{image}/{z}/{t}", manner::data, rois_by_plane},
  {"GET", "/iviewer/plane_shape_counts/{image}", manner::data,
   telling_errors(shapes_by_plane)},
  {"GET", "/iviewer/roi/{roi}/page_data", manner::data, telling_errors(page_of_roi)},
  {"GET", "/iviewer/shape/{shape}/page_data", manner::data,
   telling_errors(page_of_shape)},
});

} // namespace troupe::http::omero
