#include "http/omero/api/collections.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe::http::omero {

const collection& collection_of(object_type type) {
  using enum object_type;
  static const std::vector<collection> all{
    {project, "projects", "project", {"datasets"}, {"datasets"}},
    {dataset, "datasets", "dataset", {"images", "projects"}, {"images", "projects"}},
    {image, "images", "image", {"datasets"}, {"datasets", "rois"}},
    {screen, "screens", "screen", {"plates"}, {"plates"}},
    {plate,
     "plates",
     "plate",
     {"screens", "wells", "plateacquisitions"},
     {"screens", "wells", "plateacquisitions"}},
    {run, "plateacquisitions", "plateacquisition", {}, {}},
    {well, "wells", "well", {"plates"}, {"plates"}},
    {roi, "rois", "roi", {}, {}},
    {shape, "shapes", nullptr, {}, {}},
  };
  return *std::ranges::find(all, type, &collection::type);
}

std::string address_of(const call& c, const char* plural, int64_t id) {
  return fmt::format("{}/api/v0/m/{}/{}/", c.in.base, plural, id);
}

} // namespace troupe::http::omero
