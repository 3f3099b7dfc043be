// Regions of interest: drawn, changed, looked at and measured.

#include "http/arguments.hpp"
#include "http/batch_json.hpp"
#include "http/encode.hpp"
#include "http/roi_json.hpp"
#include "http/routes/tables.hpp"
#include "http/statistics_json.hpp"
#include "storage/regions/areas.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace troupe::http {

namespace {

constexpr size_t most_measured_shapes = 1000;

json roi_body(web_request& in) {
  return json_of_body(in, 32 << 20);
}

web_response list_of_rois(desk& d, web_request& in) {
  return d.ask_catalogue(in,
                         list_rois{.image = id_in_path(in, "image"), .page = page_of(in)},
                         [](auto& p) { return encode(p); });
}

web_response one_roi(desk& d, web_request& in) {
  return d.ask_catalogue(in, find_roi{.roi = id_in_path(in, "roi")},
                         [](auto& x) { return encode(x); });
}

web_response draw_on_image(desk& d, web_request& in) {
  draw_regions m{.image = id_in_path(in, "image"),
                 .create = rois_in(roi_body(in), "rois")};
  if (m.create.empty())
    throw failure{errc::bad_request, "rois is missing or empty"};
  return d.ask_catalogue(in, std::move(m), [](const drawn_regions& r) {
    auto out = encode(r);
    out.status = 201;
    return out;
  });
}

web_response draw_many(desk& d, web_request& in) {
  auto m = drawing_in(roi_body(in));
  m.days = d.config.trash_days;
  return d.ask_catalogue(in, std::move(m), [](auto& r) { return encode(r); });
}

/// One region: what is refused is the request's own refusal.
void only_or_throw(const drawn_regions& r) {
  if (!r.refused.empty())
    throw failure{r.refused[0].why, r.refused[0].reason};
}

web_response change_roi(desk& d, web_request& in, region_change change) {
  if (!change.version)
    change.version = expected_version(in);
  return d.ask_catalogue(in, draw_regions{.change = {std::move(change)}},
                         [](const drawn_regions& r) {
                           only_or_throw(r);
                           return document(json_of(r.changed.at(0)));
                         });
}

web_response change_one_roi(desk& d, web_request& in) {
  auto change = region_change_in(roi_body(in), "roi");
  change.id = id_in_path(in, "roi");
  return change_roi(d, in, std::move(change));
}

web_response add_shape(desk& d, web_request& in) {
  region_change change{.id = id_in_path(in, "roi")};
  change.put.push_back({std::nullopt, drawn_shape_in(roi_body(in), "shape")});
  auto out = change_roi(d, in, std::move(change));
  if (out.status == 200)
    out.status = 201;
  return out;
}

web_response delete_one_roi(desk& d, web_request& in) {
  draw_regions m{.remove = {{id_in_path(in, "roi"), expected_version(in)}},
                 .days = d.config.trash_days};
  return d.ask_catalogue(in, std::move(m), [](const drawn_regions& r) {
    only_or_throw(r);
    return encode(done{});
  });
}

web_response put_shape(desk& d, web_request& in) {
  change_shape m{.shape = id_in_path(in, "shape"),
                 .what = drawn_shape_in(roi_body(in), "shape"),
                 .version = expected_version(in)};
  return d.ask_catalogue(in, std::move(m),
                         [](const drawn_region& r) { return document(json_of(r)); });
}

web_response drop_shape(desk& d, web_request& in) {
  change_shape m{.shape = id_in_path(in, "shape"), .version = expected_version(in)};
  return d.ask_catalogue(in, std::move(m),
                         [](const drawn_region& r) { return document(json_of(r)); });
}

/// x, y, width and height together or not at all.
std::optional<view_box> view_in(const web_request& in) {
  const auto x = decimal(in, "x"), y = decimal(in, "y"), width = decimal(in, "width"),
             height = decimal(in, "height");
  if (!x && !y && !width && !height)
    return std::nullopt;
  if (!x || !y || !width || !height)
    throw failure{errc::bad_request, "a view needs x, y, width and height"};
  return view_box{*x, *y, *x + *width, *y + *height};
}

web_response shapes_in_view(desk& d, web_request& in) {
  list_shapes m{.image = id_in_path(in, "image"),
                .within = view_in(in),
                .z = number(in, "z"),
                .c = number(in, "c"),
                .t = number(in, "t"),
                .page = page_of(in),
                .cells = number_or(in, "cells", 0)};
  m.most = number_or(in, "most", static_cast<int32_t>(m.most));
  return d.ask_catalogue(in, std::move(m), [](auto& x) { return encode(x); });
}

/// Where and of what a stored shape is measured: its own plane and channel count first.
measure_shapes::placed placed_shape(const metadata::shape& flat, const json& body) {
  auto wish = [&](const char* axis, const std::optional<int32_t>& own) {
    return own ? own : short_integer_if(body, axis);
  };
  return {regions::measured_shape(flat), wish("z", flat.z), wish("t", flat.t),
          wish("c", flat.c)};
}

json measured_json(const many_statistics& r, const std::vector<int64_t>& ids) {
  auto shapes = json::array();
  for (size_t i = 0; i < r.shapes.size(); ++i)
    shapes.push_back({{"id", ids.at(i)},
                      {"z", r.shapes[i].at.z},
                      {"t", r.shapes[i].at.t},
                      {"channels", json_of(r.shapes[i].found)}});
  return {{"shapes", std::move(shapes)}};
}

/// @throws failure{conflict} for a mask that its transform turns or stretches into
///         several parts.
measure_shapes wishes_of(int64_t image, const stored_shapes& found, const json& body) {
  measure_shapes m{.image = image};
  for (auto& s : found.shapes) {
    const auto flat = regions::flattened(s.what);
    if (flat.size() != 1)
      throw failure{errc::conflict,
                    fmt::format("shape {} is a turned mask of {} parts: it cannot be "
                                "measured as one",
                                s.id, flat.size())};
    m.shapes.push_back(placed_shape(flat[0], body));
  }
  return m;
}

web_response statistics_of_shapes(desk& d, web_request& in) {
  const auto body = json_of_body(in);
  auto ids = ids_field(body, "shapes");
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  if (ids.empty() || ids.size() > most_measured_shapes)
    throw failure{errc::bad_request, fmt::format("shapes must be a list of 1 to {} ids",
                                                 most_measured_shapes)};
  const auto image = id_in_path(in, "image");
  constexpr int found_all = 204;
  measure_shapes m;
  auto found = d.ask_catalogue(in, find_shapes{.image = image, .ids = ids},
                               [&](const stored_shapes& x) {
                                 m = wishes_of(image, x, body);
                                 return web_response{.status = found_all};
                               });
  if (found.status != found_all)
    return found;
  return d.ask_session(
    in, m, [ids](const many_statistics& r) { return document(measured_json(r, ids)); });
}

} // namespace

const std::vector<route> roi_routes{
  {"GET",
   "/api/v1/images/{image}/rois",
   access::session,
   "Regions of interest of an image",
   {after, limit},
   "",
   200,
   "RoiList",
   list_of_rois},
  {"POST",
   "/api/v1/images/{image}/rois",
   access::session,
   "Draw regions: all of them or none",
   {},
   "NewRois",
   201,
   "Drawing",
   draw_on_image},
  {"POST",
   "/api/v1/drawings",
   access::session,
   "Draw, change and delete regions in one transaction, with what became of each",
   {},
   "NewDrawing",
   200,
   "Drawing",
   draw_many},
  {"GET",
   "/api/v1/rois/{roi}",
   access::session,
   "One region with its shapes",
   {},
   "",
   200,
   "Roi",
   one_roi},
  {"PATCH",
   "/api/v1/rois/{roi}",
   access::session,
   "Change a region or its shapes; with a version (or If-Match) only that one",
   {},
   "RoiChange",
   200,
   "DrawnRoi",
   change_one_roi},
  {"DELETE",
   "/api/v1/rois/{roi}",
   access::session,
   "Put a region into the trash; with If-Match only that version",
   {},
   "",
   204,
   "",
   delete_one_roi},
  {"POST",
   "/api/v1/rois/{roi}/shapes",
   access::session,
   "Add a shape to a region",
   {},
   "DrawnShape",
   201,
   "DrawnRoi",
   add_shape},
  {"PUT",
   "/api/v1/shapes/{shape}",
   access::session,
   "Replace a shape; If-Match is the version of its region",
   {},
   "DrawnShape",
   200,
   "DrawnRoi",
   put_shape},
  {"DELETE",
   "/api/v1/shapes/{shape}",
   access::session,
   "Take a shape out of its region, which keeps at least one",
   {},
   "",
   200,
   "DrawnRoi",
   drop_shape},
  {"GET",
   "/api/v1/images/{image}/shapes",
   access::session,
   "Shapes in a part and plane of an image, or how they crowd",
   {{"x", "number", "left edge of the part, pixels; with y, width and height"},
    {"y", "number", "top edge"},
    {"width", "number", "of the part"},
    {"height", "number", "of the part"},
    {"z", "integer", "section, from 0; normally any"},
    {"c", "integer", "channel, from 0; normally any"},
    {"t", "integer", "time point, from 0; normally any"},
    {"cells", "integer", "1 to 256 across: counts per cell where there are too many"},
    {"most", "integer", "what is too many, normally 1000"},
    after,
    limit},
   "",
   200,
   "ShapeList",
   shapes_in_view},
  {"POST",
   "/api/v1/images/{image}/roi-statistics",
   access::session,
   "Statistics of the samples in stored shapes, by channel",
   {},
   "ShapeIds",
   200,
   "MeasuredShapes",
   statistics_of_shapes},
};

} // namespace troupe::http
