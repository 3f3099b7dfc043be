// Files that are attached to objects, shown or taken home.

#include "http/file_answer.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webgateway/as_download.hpp"
#include "schema/queries/attached_tables.hpp"
#include "schema/queries/metadata.hpp"
#include "storage/files/managed.hpp"

#include <algorithm>

namespace troupe::http::omero {

namespace {

web_response kept_bytes(call& c, const std::string& name, const std::string& sha256) {
  return file_answer(c.house.config.data / managed_directory::attachment_file(sha256),
                     name, sha256, range_wish{c.in});
}

web_response download_annotation(call& c) {
  const auto f = c.ask(find_attachment{.annotation = c.id("annotation")});
  return as_download(kept_bytes(c, f.name, f.sha256), f.name);
}

web_response download_file(call& c) {
  const auto f = c.ask(find_kept_attachment{.file = c.id("file")});
  return as_download(kept_bytes(c, f.name, f.sha256), f.name);
}

/// The type by which a browser shows it. What could be a page that acts in our name is
/// text.
std::string shown_type(const std::string& mime) {
  static constexpr std::string_view harmless[]{
    "image/png",       "image/jpeg",       "image/gif", "image/tiff",
    "application/pdf", "application/json", "text/csv",  "text/plain"};
  if (std::ranges::find(harmless, mime) != std::end(harmless))
    return mime;
  return mime.starts_with("text/") || mime.ends_with("python") || mime.ends_with("xml")
           ? "text/plain"
           : "application/octet-stream";
}

web_response show_file(call& c) {
  const auto f = c.ask(find_kept_attachment{.file = c.id("file")});
  auto out = kept_bytes(c, f.name, f.sha256);
  if (out.status >= 300)
    return out;
  out.type = shown_type(f.mime);
  std::erase_if(out.headers, [](auto& h) { return h.first == "Content-Disposition"; });
  return out;
}

} // namespace

const std::vector<route> webclient_download_routes = routes_of({
  {"GET", "/webclient/annotation/{annotation}", manner::pages, download_annotation},
  {"GET", "/webclient/download_original_file/{file}", manner::pages, download_file},
  {"GET", "/webclient/get_original_file/{file}", manner::pages, show_file},
});

} // namespace troupe::http::omero
