// Images as OME-TIFF: one, or all of a dataset, project or well as a ZIP.

#include "http/archive_answer.hpp"
#include "http/encode.hpp"
#include "http/ome_tiff_answer.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webgateway/as_download.hpp"
#include "schema/queries/image_cards.hpp"
#include "schema/queries/object_pages.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

constexpr size_t most_exports = 1000; ///< of one archive

void add_images_in(call& c, object_type in, int64_t id, std::vector<int64_t>& to) {
  for (auto& card : c.ask(list_image_cards{.in = in, .id = id}).items)
    to.push_back(card.id);
}

void add_images_of_project(call& c, int64_t project, std::vector<int64_t>& to) {
  const auto datasets = c.ask(list_objects{.type = object_type::dataset,
                                           .places = {{object_type::project, project}}});
  for (auto& d : datasets.items)
    add_images_in(c, object_type::dataset, d.id, to);
}

/// {kind} is i, d, p or w.
std::vector<int64_t> images_to_export(call& c) {
  const auto& kind = c.in.captured.at("kind");
  const auto id = c.id("id");
  std::vector<int64_t> out;
  if (kind == "i")
    out.push_back(c.ask_room(grant_image{.image = id}).image);
  else if (kind == "d")
    add_images_in(c, object_type::dataset, id, out);
  else if (kind == "w")
    add_images_in(c, object_type::well, id, out);
  else if (kind == "p")
    add_images_of_project(c, id, out);
  if (out.empty())
    throw failure{errc::not_found, "there are no images to export"};
  if (out.size() > most_exports)
    throw failure{errc::too_large, fmt::format("at most {} images", most_exports)};
  return out;
}

struct exported_file {
  std::string name;
  web_response answer;
};

exported_file exported(call& c, const web_request& in, int64_t image) {
  const auto x = c.ask(export_image{
    .image = image, .policy = download_policy_of(c.house.config.download_policy)});
  return {download_name(fmt::format("{}-{}.ome.tiff", image, x.what.name)),
          ome_tiff_answer(c.house, in, x)};
}

web_response one_export(call& c, int64_t image) {
  auto [name, out] = exported(c, c.in, image);
  auto named = as_download(std::move(out), name);
  if (named.status < 300)
    named.type = "image/tiff";
  return named;
}

web_response many_exports(call& c, const std::vector<int64_t>& images) {
  auto whole = c.in; // of each file, whatever range of the archive is asked for
  whole.headers.erase("range");
  std::vector<exports::archived_file> files;
  for (auto image : images) {
    const auto [name, one] = exported(c, whole, image);
    files.push_back({.name = name,
                     .bytes = one.stream->length(),
                     .source = [stream = one.stream] { return stream->next(); }});
  }
  const auto name = zip_name(c, "OME_TIFFs");
  return as_download(archive_answer(name, std::move(files)), name);
}

web_response ome_tiffs(call& c) {
  const auto images = images_to_export(c);
  if (c.flag("dryrun"))
    return document(images.size());
  return images.size() == 1 ? one_export(c, images.front()) : many_exports(c, images);
}

} // namespace

const std::vector<route> gateway_ome_tiff_routes = routes_of({
  {"GET", "/webgateway/render_ome_tiff/{kind}/{id}", manner::picture, ome_tiffs},
});

} // namespace troupe::http::omero
