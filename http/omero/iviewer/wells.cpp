// The fields of a well, for the strip of thumbnails.

#include "http/encode.hpp"
#include "http/omero/api/objects.hpp"
#include "http/omero/api/paging.hpp"
#include "http/omero/refusal.hpp"
#include "http/omero/tables.hpp"

#include <algorithm>

namespace troupe::http::omero {

namespace {

web_response images_of_well(call& c) {
  const auto well = c.integer("id");
  if (!well)
    throw failure{errc::bad_request, "id is missing"};
  const auto which = slice_of(c);
  const auto found = find_whole(c, object_type::well, *well);
  const auto fields = found.facts.value("fields", json::array());
  auto images = json::array();
  const auto end = which.offset + which.limit;
  for (auto i = which.offset; i < end && i < static_cast<int64_t>(fields.size()); ++i) {
    const int64_t id = fields[static_cast<size_t>(i)].at("image");
    const auto image =
      std::ranges::lower_bound(found.images, id, {}, &listed_object::id);
    images.push_back({{"@id", id}, {"Name", image->name}});
  }
  return document({{"data", images}, {"meta", {{"totalCount", fields.size()}}}});
}

} // namespace

const std::vector<route> iviewer_well_routes = routes_of({
  {"GET", "/iviewer/well_images", manner::data, images_of_well},
});

} // namespace troupe::http::omero
