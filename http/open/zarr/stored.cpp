#include "http/open/zarr/stored.hpp"

#include "http/file_answer.hpp"
#include "http/open/zarr/answer.hpp"
#include "http/open/zarr/image.hpp"
#include "http/open/zarr/labels.hpp"
#include "schema/queries/downloads.hpp"
#include "storage/formats/ome_zarr_group.hpp"
#include "storage/formats/zarr_array.hpp"

#include <fmt/format.h>

#include <sys/stat.h>

namespace troupe::http::zarr {

namespace {

/// Of Zarr 2 the attributes are a file of their own; of 3 OME-Zarr has one of them.
json written_as(version v, json ome) {
  return v == version::v05 ? json{{"ome", std::move(ome)}} : ome;
}

/// The arrays of its levels, word for word.
void add_levels(hierarchy& to, const formats::zarr_folder& folder,
                const formats::ome_zarr_place& at) {
  for (auto& level : at.levels)
    to[level].stored =
      formats::read_zarr_array(folder, formats::zarr_key(at.group, level)).metadata;
}

json names_of_labels(const std::optional<formats::ome_zarr_group>& labels) {
  if (!labels || !labels->is("labels") || !labels->attributes["labels"].is_array())
    return json::array();
  return labels->attributes["labels"];
}

std::string tag_of(const descriptor& file) {
  struct stat now {};
  if (::fstat(file.get(), &now) != 0)
    throw failure{errc::unreadable, reason_of(errno)};
  return fmt::format("{}-{}.{}", now.st_size, now.st_mtim.tv_sec, now.st_mtim.tv_nsec);
}

} // namespace

std::optional<formats::ome_zarr_place> stored_place(desk& d, web_request& in,
                                                    const image_grant& g, version v) {
  static formats::ome_zarr_groups known;
  const auto place = known.place_of(g.source);
  if (!place || !place->version.starts_with(v == version::v04 ? "0.4" : "0.5"))
    return std::nullopt;
  const find_original main{.image = g.image,
                           .policy = download_policy_of(d.config.download_policy)};
  bool may_leave = false;
  d.ask_catalogue(in, main, [&](const original_file&) {
    may_leave = true;
    return web_response{};
  });
  return may_leave ? place : std::nullopt;
}

web_response stored_file(const web_request& in, const formats::ome_zarr_place& at,
                         const std::string& key) {
  auto file = formats::zarr_folder{at.root}.open(formats::zarr_key(at.group, key));
  if (!file)
    return absent(in);
  const auto tag = tag_of(*file);
  const auto name = key.substr(key.rfind('/') + 1);
  auto out = file_answer(std::move(*file), name, tag, range_wish{in});
  std::erase_if(out.headers, [](auto& h) { return h.first == "ETag"; });
  return kept_answer(in, std::move(out), tag,
                     is_metadata(key) ? metadata_age : chunk_age);
}

web_response stored_metadata(const web_request& in, const formats::ome_zarr_place& at,
                             const image_details& image, const masked_regions& masks,
                             version v, const std::string& key) {
  const auto of_group = key == ".zattrs" || key == ".zmetadata" || key == "zarr.json";
  if (!of_group && !key.starts_with("labels/"))
    return stored_file(in, at, key);
  const formats::zarr_folder folder{at.root};
  const auto group = formats::read_group(folder, at.group);
  const auto labels = formats::find_group(folder, formats::file_in(at.group, "labels"));
  hierarchy all;
  auto ome = group.attributes;
  ome["omero"] = omero_of(image);
  all[""].attributes = written_as(v, std::move(ome));
  add_levels(all, folder, at);
  if (!masks.regions.empty())
    add_labels(all, image, masks, names_of_labels(labels), v);
  if (auto text = metadata_file(all, v, key, !labels))
    return metadata_answer(in, std::move(text));
  return stored_file(in, at, key);
}

} // namespace troupe::http::zarr
