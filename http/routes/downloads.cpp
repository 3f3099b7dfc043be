// What people take home: original files, alone or as a ZIP, and images as OME-TIFF.

#include "http/archive_answer.hpp"
#include "http/arguments.hpp"
#include "http/batch_json.hpp"
#include "http/file_answer.hpp"
#include "http/object_path.hpp"
#include "http/ome_tiff_answer.hpp"
#include "http/routes/tables.hpp"
#include "storage/export/zip.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>

namespace troupe::http {

namespace {

web_response archive_of(desk& d, web_request& in, std::vector<object_id> objects) {
  return d.ask_catalogue(
    in,
    list_originals{.objects = std::move(objects),
                   .policy = download_policy_of(d.config.download_policy)},
    [](const original_files& f) { return archive_answer(f); });
}

web_response object_archive(desk& d, web_request& in) {
  const auto [type, id] = object_in_path(in);
  return archive_of(d, in, {{type, id}});
}

/// "image:3".
object_id object_word(std::string_view word) {
  const auto colon = std::min(word.find(':'), word.size());
  const auto digits = word.substr(std::min(colon + 1, word.size()));
  int64_t id = 0;
  const auto [end, error] =
    std::from_chars(digits.data(), digits.data() + digits.size(), id);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size())
    throw failure{errc::bad_request, "objects must be like image:3,dataset:4"};
  return {object_type_named(word.substr(0, colon)), id};
}

web_response chosen_archive(desk& d, web_request& in) {
  std::vector<object_id> objects;
  auto words = in.argument("objects").value_or("");
  while (!words.empty()) {
    const auto comma = std::min(words.find(','), words.size());
    objects.push_back(object_word(words.substr(0, comma)));
    words.remove_prefix(std::min(comma + 1, words.size()));
  }
  return archive_of(d, in, std::move(objects));
}

web_response posted_archive(desk& d, web_request& in) {
  auto wanted = listed_objects_in(json_of_body(in, 4 << 20));
  list_originals m{.objects = std::move(wanted.objects),
                   .type = wanted.type,
                   .ids = std::move(wanted.ids),
                   .policy = download_policy_of(d.config.download_policy)};
  return d.ask_catalogue(in, selected{std::move(m), std::move(wanted.chosen)},
                         [](const original_files& f) { return archive_answer(f); });
}

web_response original(desk& d, web_request& in) {
  return d.ask_catalogue(
    in,
    find_original{.image = id_in_path(in, "image"),
                  .file = number_in_path(in, "file"),
                  .policy = download_policy_of(d.config.download_policy)},
    [wish = range_wish{in}](const original_file& f) {
      exports::check_unchanged(exports::archived_file{
        f.name, f.path, static_cast<uint64_t>(f.bytes), f.modified_ns});
      const auto slash = f.name.rfind('/');
      const auto name = f.name.substr(slash == f.name.npos ? 0 : slash + 1);
      const auto tag =
        f.sha256.empty() ? fmt::format("{}-{}", f.bytes, f.modified_ns) : f.sha256;
      return file_answer(f.path, name, tag, wish);
    });
}

web_response ome_tiff(desk& d, web_request& in) {
  return d.ask_catalogue(
    in,
    export_image{.image = id_in_path(in, "image"),
                 .policy = download_policy_of(d.config.download_policy)},
    [&](const exported_image& x) { return ome_tiff_answer(d, in, x); });
}

/// The originals of one kind of object.
route archive_row(const char* pattern, const char* summary) {
  return {"GET", pattern, access::session,   summary,       {},
          "",    200,     "application/zip", object_archive};
}

} // namespace

const std::vector<route> download_routes{
  archive_row("/api/v1/filesets/{fileset}/download", "The files of a fileset as ZIP"),
  archive_row("/api/v1/images/{image}/download",
              "The original files of an image, with all its fileset has, as ZIP"),
  archive_row("/api/v1/datasets/{dataset}/download",
              "The original files of a dataset as ZIP, each fileset once"),
  archive_row("/api/v1/projects/{project}/download",
              "The original files of a project as ZIP, a folder for each dataset"),
  archive_row("/api/v1/folders/{folder}/download",
              "The original files of a folder's images as ZIP"),
  archive_row("/api/v1/plates/{plate}/download", "The original files of a plate as ZIP"),
  archive_row("/api/v1/screens/{screen}/download",
              "The original files of a screen as ZIP, a folder for each plate"),
  archive_row("/api/v1/wells/{well}/download", "The original files of a well as ZIP"),
  archive_row("/api/v1/runs/{run}/download",
              "The original files of a plate's run as ZIP"),
  {"GET",
   "/api/v1/downloads",
   access::session,
   "The original files of some objects as ZIP",
   {{"objects", "string",
     "filesets, images, datasets, projects, folders, plates, screens, wells and runs, "
     "like image:3,dataset:4",
     true}},
   "",
   200,
   "application/zip",
   chosen_archive},
  {"POST",
   "/api/v1/downloads",
   access::session,
   "The same for more objects than an address holds",
   {},
   "NewDownload",
   200,
   "application/zip",
   posted_archive},
  {"GET",
   "/api/v1/images/{image}/originals/{file}",
   access::session,
   "One original file of an image, whole or a range; 0 is the main one, the others are "
   "in "
   "the order of the image's files",
   {},
   "",
   200,
   "application/octet-stream",
   original},
  {"GET",
   "/api/v1/images/{image}/ome.tiff",
   access::session,
   "The image as tiled, pyramidal OME-TIFF with its regions and annotations, whole or a "
   "range",
   {},
   "",
   200,
   "image/tiff",
   ome_tiff},
};

} // namespace troupe::http
