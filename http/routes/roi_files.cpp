// Regions of an image as files of other programs, both ways.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"
#include "schema/queries/draw.hpp"

#include <fmt/format.h>

namespace troupe::http {

namespace {

web_response roi_file(desk& d, web_request& in) {
  const auto& format = regions::format_named(in.argument("format").value_or("geojson"));
  return d.ask_catalogue(
    in, export_regions{.image = id_in_path(in, "image")},
    [&format](const exported_regions& x) {
      web_response out{.type = std::string{format.mime}, .text = format.write(x.what)};
      out.headers.emplace_back(
        "Content-Disposition",
        "attachment; filename*=UTF-8''"
          + percent_encoded(fmt::format("{}.{}", x.what.name, format.extension)));
      return out;
    });
}

draw_regions drawing_from(int64_t image, regions::found_regions& found) {
  tidy_words(found.rois);
  return {.image = image, .create = std::move(found.rois)};
}

web_response roi_import_answer(const drawn_regions& r,
                               const std::vector<std::string>& warnings) {
  auto ids = json::array();
  size_t shapes = 0;
  for (auto& x : r.created) {
    ids.push_back(x.id);
    shapes += x.shapes.size();
  }
  return document({{"created", r.created.size()},
                   {"shapes", shapes},
                   {"rois", std::move(ids)},
                   {"warnings", warnings}},
                  201);
}

web_response put_roi_file(desk& d, web_request& in) {
  // As with JSON: another site's page may not send this without asking.
  if (!in.header("content-type").starts_with("application/octet-stream"))
    throw failure{errc::bad_request, "the body must be application/octet-stream"};
  const auto image = id_in_path(in, "image");
  constexpr int allowed = 204;
  dimensions size;
  auto ground =
    d.ask_catalogue(in, check_drawing{.image = image}, [&size](const drawing_ground& g) {
      size = g.size;
      return web_response{.status = allowed};
    });
  if (ground.status != allowed)
    return ground;
  auto found = regions::read_regions(text_of_body(in, regions::limits::most_bytes), size);
  auto m = drawing_from(image, found);
  return d.ask_catalogue(in, std::move(m), [w = found.warnings](const drawn_regions& r) {
    return roi_import_answer(r, w);
  });
}

} // namespace

const std::vector<route> roi_file_routes{
  {"GET",
   "/api/v1/images/{image}/rois/file",
   access::session,
   "Regions of an image as a file",
   {{"format", "string",
     "geojson (QuPath), ome-xml, imagej-zip (RoiSet.zip), imagej (.roi, of one shape), "
     "csv; normally geojson"}},
   "",
   200,
   "application/geo+json, application/xml, application/zip, application/octet-stream, "
   "text/csv",
   roi_file},
  {"POST",
   "/api/v1/images/{image}/rois/file",
   access::session,
   "Draw the regions of a file: GeoJSON, OME-XML, ImageJ .roi or RoiSet.zip, CSV",
   {},
   "application/octet-stream",
   201,
   "ImportedRois",
   put_roi_file},
};

} // namespace troupe::http
