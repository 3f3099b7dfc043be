// IIIF Presentation 3: datasets and stacks as manifests.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/open/iiif/manifest.hpp"
#include "http/own_address.hpp"
#include "http/open/tables.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace troupe::http {

namespace {

iiif::manifest_address address_of_manifest(const web_request& in) {
  return {own_address(in, in.segments.size()), in.base};
}

web_response manifest_answer(const json& manifest) {
  auto out = document(manifest);
  out.type =
    "application/ld+json;profile=\"http://iiif.io/api/presentation/3/context.json\"";
  return out;
}

/// The images of a dataset, page by page.
web_response collect_images(desk& d, web_request& in, int64_t dataset,
                            std::vector<image_entry>& into) {
  list_images next{.dataset = dataset, .page = {.limit = 1000}};
  web_response out;
  do {
    out = d.ask_catalogue(in, next, [&](const page<image_entry>& p) {
      if (p.total > iiif::most_canvases)
        throw failure{errc::too_large,
                      fmt::format("dataset {} has {} images, a manifest has at most {}",
                                  dataset, p.total, iiif::most_canvases)};
      into.insert(into.end(), p.items.begin(), p.items.end());
      next.page.after = p.next;
      return web_response{};
    });
  } while (out.status == 200 && !next.page.after.empty());
  return out;
}

web_response dataset_manifest(desk& d, web_request& in) {
  const auto id = id_in_path(in, "dataset");
  std::vector<image_entry> images;
  if (auto refusal = collect_images(d, in, id, images); refusal.status != 200)
    return refusal;
  return d.ask_catalogue(
    in, find_dataset{.dataset = id}, [&](const dataset_details& found) {
      return manifest_answer(iiif::manifest_of(found, images, address_of_manifest(in)));
    });
}

web_response image_manifest(desk& d, web_request& in) {
  return d.ask_catalogue(
    in, find_image{.image = id_in_path(in, "image")}, [&](const image_details& found) {
      return manifest_answer(iiif::manifest_of(found, address_of_manifest(in)));
    });
}

} // namespace

const std::vector<route> iiif_presentation_routes{
  {"GET",
   "/iiif/presentation/3/datasets/{dataset}/manifest",
   access::session,
   "A dataset, a canvas for each image",
   {},
   "",
   200,
   "application/ld+json",
   dataset_manifest},
  {"GET",
   "/iiif/presentation/3/images/{image}/manifest",
   access::session,
   "An image, a canvas for each plane",
   {},
   "",
   200,
   "application/ld+json",
   image_manifest},
};

} // namespace troupe::http
