#include "http/open/zarr/image_files.hpp"

#include "actors/digest.hpp"
#include "http/open/zarr/answer.hpp"
#include "http/open/zarr/chunk.hpp"
#include "http/open/zarr/image.hpp"
#include "http/open/zarr/labels.hpp"
#include "http/open/zarr/stored.hpp"

namespace troupe::http::zarr {

namespace {

/// Where a chunk is: its array, its level, and its pixels of that.
struct placed_chunk {
  chunk_id id;
  array_layout array;
  extent level;
  region where;
};

/// @param labels  of the label image.
std::optional<placed_chunk> placed(const image_grant& g, const std::string& key,
                                   version v, bool labels) {
  const auto id = chunk_in_key(key, v);
  if (!id || id->level >= static_cast<int32_t>(g.levels.size()))
    return std::nullopt;
  const auto level = g.levels[static_cast<size_t>(id->level)];
  auto array = level_layout(g.size, level, g.tile, g.type);
  if (labels)
    array = label_layout(array);
  const auto where = region_of_chunk(*id, array);
  if (!where)
    return std::nullopt;
  return placed_chunk{*id, array, level, *where};
}

web_response bytes_answer(shared_bytes bytes) {
  return {.type = "application/octet-stream", .bytes = std::move(bytes)};
}

web_response chunk_file(desk& d, web_request& in, const image_grant& g,
                        const placed_chunk& chunk) {
  view_samples ask{.image = g.image,
                   .at = {chunk.id.z, chunk.id.t},
                   .channel = chunk.id.c,
                   .level = chunk.id.level,
                   .where = chunk.where};
  return d.ask_session(in, ask, [&](const encoded_image& p) {
    return kept_answer(in, bytes_answer(packed_chunk(p.bytes, p.size, chunk.array)),
                       p.etag, chunk_age);
  });
}

/// A chunk without masks is absent: readers then take zeros.
web_response label_file(desk& d, web_request& in, const image_grant& g,
                        const placed_chunk& chunk) {
  const extent full{g.size.x, g.size.y};
  const auto seen = full_region(full, chunk.level, chunk.where);
  find_masks ask{.image = g.image,
                 .within = {double(seen.x), double(seen.y), double(seen.x + seen.width),
                            double(seen.y + seen.height)},
                 .z = chunk.id.z,
                 .t = chunk.id.t};
  return d.ask_catalogue(in, ask, [&](const placed_masks& masks) {
    const auto samples = drawn_labels(masks, full, chunk.level, chunk.where);
    if (samples.size() == 0)
      return absent(in);
    auto bytes =
      packed_chunk(samples, {chunk.where.width, chunk.where.height}, chunk.array);
    const auto tag = digest(bytes.view());
    return kept_answer(in, bytes_answer(std::move(bytes)), tag, metadata_age);
  });
}

web_response described(desk& d, web_request& in, const image_grant& g, version v,
                       const std::string& key) {
  const auto stored = stored_place(d, in, g, v);
  return d.ask_catalogue(in, find_image{.image = g.image}, [&](const image_details& i) {
    return d.ask_catalogue(in, list_masked_regions{.image = g.image},
                           [&](const masked_regions& masks) {
                             if (stored)
                               return stored_metadata(in, *stored, i, masks, v, key);
                             auto all = image_hierarchy(i, v);
                             if (!masks.regions.empty())
                               add_labels(all, i, masks, json::array(), v);
                             return metadata_answer(in, metadata_file(all, v, key, true));
                           });
  });
}

web_response made_chunk(desk& d, web_request& in, const image_grant& g, version v,
                        const std::string& key) {
  const auto chunk = placed(g, key, v, false);
  return chunk ? chunk_file(d, in, g, *chunk) : absent(in);
}

/// Labels that are stored come before those the server has.
web_response label_chunk(desk& d, web_request& in, const image_grant& g, version v,
                         const std::string& key) {
  const auto chunk = placed(g, key, v, true);
  return chunk ? label_file(d, in, g, *chunk) : absent(in);
}

web_response chunk_of(desk& d, web_request& in, const image_grant& g, version v,
                      const std::string& key) {
  const auto below = label_path + "/";
  const auto labels = key.starts_with(below);
  if (const auto stored = stored_place(d, in, g, v)) {
    auto out = stored_file(in, *stored, key);
    if (out.status != 404 || !labels)
      return out;
  }
  return labels ? label_chunk(d, in, g, v, key.substr(below.size()))
                : made_chunk(d, in, g, v, key);
}

} // namespace

web_response image_file(desk& d, web_request& in, int64_t image, version v,
                        const std::string& key) {
  return d.ask_session(in, grant_image{.image = image}, [&](const image_grant& g) {
    return is_metadata(key) ? described(d, in, g, v, key) : chunk_of(d, in, g, v, key);
  });
}

} // namespace troupe::http::zarr
