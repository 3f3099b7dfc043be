#include "storage/regions/region_file.hpp"

#include "storage/failure.hpp"
#include "storage/regions/geojson.hpp"
#include "storage/regions/imagej_roi.hpp"
#include "storage/regions/imagej_set.hpp"
#include "storage/regions/ome_regions.hpp"
#include "storage/regions/shape_table.hpp"

#include <fmt/format.h>

namespace troupe::regions {
namespace {

constexpr size_t most_warnings = 100;

size_t shapes_of(const std::vector<metadata::roi>& rois) {
  size_t count = 0;
  for (auto& r : rois)
    count += r.shapes.size();
  return count;
}

} // namespace

const std::vector<file_format>& file_formats() {
  static const std::vector<file_format> all{
    {"imagej", "roi", "application/octet-stream", is_imagej_roi, read_imagej,
     write_imagej},
    {"imagej-zip", "zip", "application/zip", is_imagej_set, read_imagej_set,
     write_imagej_set},
    {"ome-xml", "ome.xml", "application/xml", is_ome_regions, read_ome_regions,
     write_ome_regions},
    {"geojson", "geojson", "application/geo+json", is_geojson, read_geojson,
     write_geojson},
    {"csv", "csv", "text/csv; charset=utf-8", is_shape_table, read_shape_table,
     write_shape_table},
  };
  return all;
}

const file_format& format_named(std::string_view name) {
  std::string known;
  for (auto& f : file_formats()) {
    if (f.name == name)
      return f;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", f.name);
  }
  throw failure{errc::bad_request,
                fmt::format("format is \"{}\", there are {}", name.substr(0, 80), known)};
}

found_regions read_regions(std::string_view bytes, const dimensions& image) {
  for (auto& f : file_formats())
    if (f.detect(bytes)) {
      auto found = f.read(bytes, image);
      std::erase_if(found.rois, [](auto& r) { return r.shapes.empty(); });
      if (shapes_of(found.rois) == 0)
        throw failure{errc::bad_request,
                      found.warnings.empty()
                        ? "the file has no shapes"
                        : fmt::format("the file has no shape that can be kept: {}",
                                      found.warnings.front())};
      check_regions(found.rois, image);
      return found;
    }
  throw failure{errc::bad_request,
                "the file is no OME-XML, GeoJSON, ImageJ ROI, ZIP of them, or table"};
}

void warn(found_regions& found, std::string what) {
  if (found.warnings.size() < most_warnings)
    found.warnings.push_back(std::move(what));
}

} // namespace troupe::regions
