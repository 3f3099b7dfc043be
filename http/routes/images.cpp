// Images: lists, details, pixels, pictures.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/picture_arguments.hpp"
#include "http/routes/tables.hpp"
#include "storage/export/archive_names.hpp"

#include <fmt/format.h>

namespace troupe::http {

namespace {

const parameter z{"z", "integer", "section, from 0", true},
  t{"t", "integer", "time point, from 0", true};
const parameter picture_level{"level", "integer", "resolution, 0 = full size"};
const parameter x{"x", "integer", "left edge, pixels"},
  y{"y", "integer", "top edge, pixels"};
const parameter width{"width", "integer", "pixels"},
  height{"height", "integer", "pixels"};
const parameter c{"c", "string",
                  "channels from 1: `1|100:2000$FF0000,-2,3$fire.lut`; not listed = off"};
const parameter m{"m", "string", "c = colour, g = grey"};
const parameter maps{"maps", "string", "JSON array, one entry per item of c"};
const parameter picture_projection{
  "p", "string", "intmax, intmean or intsum of all sections or `intmax|3:17`"};
const parameter q{"q", "number", "JPEG quality, 0 to 1"};
const parameter format{"format", "string", "jpeg, png or tiff"};

list_images order_of(const web_request& in, list_images out) {
  auto sort = in.argument("sort").value_or("name");
  out.descending = sort.starts_with('-');
  if (out.descending)
    sort.remove_prefix(1);
  if (sort == "name")
    out.order = image_order::name;
  else if (sort == "created")
    out.order = image_order::created;
  else if (sort == "acquired")
    out.order = image_order::acquired;
  else if (sort == "id")
    out.order = image_order::id;
  else
    throw failure{errc::bad_request,
                  "sort must be name, created, acquired or id, with - for descending"};
  out.page = page_of(in);
  out.owner = id_in_query(in, "owner");
  return out;
}

web_response images(desk& d, web_request& in) {
  return d.ask_catalogue(in, order_of(in, {.orphaned = flag(in, "orphaned")}),
                         [&in](auto& p) { return encode(p, in.prefix); });
}

web_response images_of_dataset(desk& d, web_request& in) {
  return d.ask_catalogue(in, order_of(in, {.dataset = id_in_path(in, "dataset")}),
                         [&in](auto& p) { return encode(p, in.prefix); });
}

web_response images_of_folder(desk& d, web_request& in) {
  return d.ask_catalogue(in, order_of(in, {.folder = id_in_path(in, "folder")}),
                         [&in](auto& p) { return encode(p, in.prefix); });
}

web_response image(desk& d, web_request& in) {
  return d.ask_catalogue(in, find_image{.image = id_in_path(in, "image")},
                         [&in](auto& i) { return encode(i, in.prefix); });
}

/// A picture may be kept, but not by others, and is asked for again after a while.
web_response picture(const encoded_image& p) {
  auto out = encode(p);
  out.headers.emplace_back("Cache-Control", "private, max-age=60");
  return out;
}

plane_index plane_of(const web_request& in) {
  return {required_number(in, "z"), required_number(in, "t")};
}

/// "cells_z1_t3.png": counts from 1, as people do.
std::string picture_name(const std::string& image, plane_index at,
                         std::string_view mime) {
  auto end = mime.substr(mime.find('/') + 1);
  return fmt::format("{}_z{}_t{}.{}", exports::safe_part(image), at.z + 1, at.t + 1,
                     end == "jpeg"   ? "jpg"
                     : end == "tiff" ? "tif"
                                     : end);
}

web_response plane(desk& d, web_request& in) {
  view_plane ask{id_in_path(in, "image"), plane_of(in), region_of(in), wish_of(in)};
  auto out = d.ask_session(in, ask, picture);
  if (!flag(in, "download") || out.status != 200)
    return out;
  std::string name;
  auto found = d.ask_catalogue(in, find_image{.image = ask.image}, [&](auto& i) {
    name = picture_name(i.entry.name, ask.at, out.type);
    return web_response{};
  });
  if (found.status != 200)
    return found;
  out.headers.emplace_back("Content-Disposition", attachment_named(name));
  return out;
}

web_response tile(desk& d, web_request& in) {
  view_tile ask{id_in_path(in, "image"),   plane_of(in),
                number_or(in, "level", 0), required_number(in, "x"),
                required_number(in, "y"),  wish_of(in)};
  return d.ask_session(in, ask, picture);
}

web_response split(desk& d, web_request& in) {
  view_split ask{id_in_path(in, "image"), plane_of(in), number_or(in, "level", 0),
                 wish_of(in)};
  return d.ask_session(in, ask, picture);
}

web_response pixels(desk& d, web_request& in) {
  view_samples ask{id_in_path(in, "image"),   plane_of(in),  required_number(in, "c"),
                   number_or(in, "level", 0), region_of(in), {}};
  return d.ask_session(in, ask, [](const encoded_image& p) {
    auto out = encode(p);
    out.headers.emplace_back("Troupe-Shape",
                             fmt::format("{},{}", p.size.height, p.size.width));
    out.headers.emplace_back("Troupe-Type", std::string{name_of(p.type)});
    out.headers.emplace_back("Cache-Control", "private, max-age=60");
    return out;
  });
}

web_response thumbnail(desk& d, web_request& in) {
  view_thumbnail ask{id_in_path(in, "image"), number_or(in, "size", 96), number(in, "z"),
                     number(in, "t"),         number_or(in, "v", 0),     wish_of(in)};
  auto versioned = in.argument("v").has_value();
  return d.ask_session(in, ask, [versioned](const encoded_image& p) {
    auto out = encode(p);
    out.headers.emplace_back("Cache-Control", versioned
                                                ? "private, max-age=31536000, immutable"
                                                : "private, no-cache");
    return out;
  });
}

web_response remove_pyramid_of(desk& d, web_request& in) {
  return d.ask_session(in, remove_pyramid{.image = id_in_path(in, "image")},
                       [](auto& r) { return encode(r); });
}

web_response renew_pyramid_of(desk& d, web_request& in) {
  return d.ask_session(in,
                       remove_pyramid{.image = id_in_path(in, "image"), .again = true},
                       [](auto& r) { return encode(r); });
}

const parameter image_sort{"sort", "string",
                           "name, created, acquired or id; - before it = descending"};

} // namespace

const std::vector<route> image_routes{
  {"GET",
   "/api/v1/images",
   access::session,
   "List images",
   {{"orphaned", "boolean", "only those in no dataset"}, image_sort, of_owner, after, limit},
   "",
   200,
   "ImageList",
   images},
  {"GET",
   "/api/v1/datasets/{dataset}/images",
   access::session,
   "Images of a dataset",
   {image_sort, of_owner, after, limit},
   "",
   200,
   "ImageList",
   images_of_dataset},
  {"GET",
   "/api/v1/folders/{folder}/images",
   access::session,
   "Images in a folder",
   {image_sort, of_owner, after, limit},
   "",
   200,
   "ImageList",
   images_of_folder},
  {"GET",
   "/api/v1/images/{image}",
   access::session,
   "One image",
   {},
   "",
   200,
   "Image",
   image},
  {"DELETE",
   "/api/v1/images/{image}/pyramid",
   access::session,
   "Removes the levels the server made; for administrators",
   {},
   "",
   204,
   "",
   remove_pyramid_of},
  {"POST",
   "/api/v1/images/{image}/pyramid",
   access::session,
   "Makes the levels the file lacks anew; for administrators",
   {},
   "",
   204,
   "",
   renew_pyramid_of},
  {"GET",
   "/api/v1/images/{image}/pixels",
   access::session,
   "Raw samples, little-endian, row by row; at most 64 MiB",
   {z, {"c", "integer", "channel, from 0", true}, t, picture_level, x, y, width, height},
   "",
   200,
   "application/octet-stream",
   pixels},
  {"GET",
   "/api/v1/images/{image}/plane",
   access::session,
   "A plane or a region of it, full size",
   {z,
    t,
    x,
    y,
    width,
    height,
    c,
    m,
    maps,
    picture_projection,
    q,
    format,
    {"download", "boolean", "to be kept as a file, which gets a name"}},
   "",
   200,
   "image/jpeg, image/png, image/tiff",
   plane},
  {"GET",
   "/api/v1/images/{image}/tile",
   access::session,
   "A tile of a level",
   {{"x", "integer", "column of the tile", true},
    {"y", "integer", "row of the tile", true},
    z,
    t,
    picture_level,
    c,
    m,
    maps,
    picture_projection,
    q,
    format},
   "",
   200,
   "image/jpeg, image/png, image/tiff",
   tile},
  {"GET",
   "/api/v1/images/{image}/split",
   access::session,
   "The active channels of a level side by side, and merged",
   {z, t, picture_level, c, m, maps, picture_projection, q, format},
   "",
   200,
   "image/jpeg, image/png, image/tiff",
   split},
  {"GET",
   "/api/v1/images/{image}/thumbnail",
   access::session,
   "A small JPEG",
   {{"size", "integer", "longest side, pixels, normally 96"},
    {"v", "integer", "version: the answer may be kept for ever"},
    {"z", "integer", "section, from 0"},
    {"t", "integer", "time point, from 0"},
    c,
    m,
    maps,
    picture_projection},
   "",
   200,
   "image/jpeg",
   thumbnail},
};

} // namespace troupe::http
