// Original files, alone or as a ZIP, and rendered pictures of images.

#include "http/archive_answer.hpp"
#include "http/file_answer.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webgateway/as_download.hpp"
#include "http/omero/webgateway/rendering.hpp"
#include "schema/queries/image_cards.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

constexpr size_t most_pictures = 100;             ///< of one archive
constexpr size_t most_picture_bytes = 512u << 20; ///< kept until they are sent

std::vector<int64_t> image_in_well(call& c, int64_t well) {
  const auto index = static_cast<size_t>(std::max<int64_t>(c.integer_or("index", 0), 0));
  const auto fields = c.ask(list_image_cards{.in = object_type::well, .id = well}).items;
  if (index >= fields.size())
    throw failure{errc::not_found, "the well has no such field"};
  return {fields[index].id};
}

/// {image} of the path, ?image=, or ?well= and ?index=.
std::vector<int64_t> images_to_download(call& c) {
  if (c.in.captured.contains("image"))
    return {c.id("image")};
  if (auto ids = c.ids("image"); !ids.empty())
    return ids;
  if (const auto well = c.integer("well"))
    return image_in_well(c, *well);
  throw failure{errc::bad_request, "no images were named: use ?image= or ?well="};
}

std::string last_part(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

web_response one_original(call& c, const original_file& f) {
  exports::check_unchanged(exports::archived_file{
    f.name, f.path, static_cast<uint64_t>(f.bytes), f.modified_ns});
  const auto name = last_part(f.name);
  const auto tag =
    f.sha256.empty() ? fmt::format("{}-{}", f.bytes, f.modified_ns) : f.sha256;
  return as_download(file_answer(f.path, name, tag, range_wish{c.in}), name);
}

/// What one may not take is not there.
web_response originals(call& c) {
  list_originals q{.policy = download_policy_of(c.house.config.download_policy)};
  try {
    q.ids = images_to_download(c);
    const auto found = c.ask(q);
    if (found.files.empty())
      return plain("the images have no files", 404);
    if (found.files.size() == 1)
      return one_original(c, found.files.front());
    return as_download(archive_answer(found), zip_name(c, found.title));
  } catch (refused& r) {
    if (r.answer.status == 403)
      r.answer.status = 404;
    throw;
  }
}

struct picture_kind {
  output as;
  const char* end; ///< of the file's name
};

picture_kind kind_asked(const call& c) {
  const auto name = c.in.argument("format").value_or("jpeg");
  if (name == "png")
    return {output::png, "png"};
  if (name == "tif" || name == "tiff")
    return {output::tiff, "tif"};
  return {output::jpeg, "jpg"};
}

std::string name_of_image(call& c, int64_t image) {
  return c.ask(find_image{.image = image}).entry.name;
}

encoded_image picture_to_keep(call& c, int64_t image) {
  const auto g = c.ask_room(grant_image{.image = image});
  view_plane m{
    .image = image, .at = plane_in_path(c, g), .wish = rendering_of(c.in, g.size.z)};
  m.wish.as = kind_asked(c).as;
  m.wish.known.clear();
  return c.ask_room(m);
}

std::string file_of_picture(call& c, int64_t image) {
  return fmt::format("{}.{}", name_of_image(c, image), kind_asked(c).end);
}

web_response one_picture(call& c, int64_t image) {
  web_response out;
  out.bytes = picture_to_keep(c, image).bytes;
  return as_download(std::move(out), file_of_picture(c, image));
}

web_response many_pictures(call& c, const std::vector<int64_t>& images) {
  if (images.size() > most_pictures)
    throw failure{errc::too_large, fmt::format("at most {} pictures", most_pictures)};
  std::vector<exports::archived_file> files;
  size_t bytes = 0;
  for (auto image : images) {
    const auto picture = picture_to_keep(c, image).bytes;
    bytes += picture.size();
    if (bytes > most_picture_bytes)
      throw failure{errc::too_large, "the pictures are too large for one archive"};
    files.push_back(
      {.name = fmt::format("{}-{}", image, download_name(file_of_picture(c, image))),
       .bytes = picture.size(),
       .source = [picture] { return picture; }});
  }
  const auto name = zip_name(c, "Download_as");
  return as_download(archive_answer(name, std::move(files)), name);
}

web_response pictures_to_keep(call& c) {
  const auto images = images_to_download(c);
  return images.size() == 1 ? one_picture(c, images.front()) : many_pictures(c, images);
}

} // namespace

const std::vector<route> gateway_download_routes = routes_of({
  {"GET", "/webgateway/archived_files/download", manner::text, originals},
  {"GET", "/webgateway/archived_files/download/{image}", manner::text, originals},
  {"GET", "/webgateway/download_as", manner::text, pictures_to_keep},
  {"GET", "/webgateway/download_as/{image}", manner::text, pictures_to_keep},
  {"GET", "/webclient/render_image_download/{image}", manner::text, pictures_to_keep},
  {"GET", "/webclient/render_image_download/{image}/{z}", manner::text, pictures_to_keep},
  {"GET", "/webclient/render_image_download/{image}/{z}/{t}", manner::text,
   pictures_to_keep},
});

} // namespace troupe::http::omero
