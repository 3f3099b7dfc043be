// Files that are attached to objects, taken home.

#include "http/file_answer.hpp"
#include "http/omero/tables.hpp"
#include "schema/queries/metadata.hpp"
#include "storage/files/managed.hpp"

#include <algorithm>

namespace troupe::http::omero {

namespace {

/// A name as old clients get along with it: without blanks, commas and quotes.
std::string plain_name(std::string name) {
  for (auto& letter : name)
    if (letter == ' ')
      letter = '_';
    else if (letter == ',')
      letter = '.';
    else if (letter == '"' || letter == '\\' || letter == ';'
             || static_cast<unsigned char>(letter) < 0x20
             || static_cast<unsigned char>(letter) > 0x7e)
      letter = '_';
  return name;
}

void set_header(web_response& out, const std::string& name, std::string value) {
  std::erase_if(out.headers, [&](auto& h) { return h.first == name; });
  out.headers.emplace_back(name, std::move(value));
}

web_response download_annotation(call& c) {
  const auto f = c.ask(find_attachment{.annotation = c.id("annotation")});
  auto out =
    file_answer(c.house.config.data / managed_directory::attachment_file(f.sha256),
                f.name, f.sha256, range_wish{c.in});
  out.type = "application/force-download";
  set_header(out, "Content-Disposition", "attachment; filename=" + plain_name(f.name));
  return out;
}

} // namespace

const std::vector<route> webclient_download_routes = routes_of({
  {"GET", "/webclient/annotation/{annotation}", manner::pages, download_annotation},
});

} // namespace troupe::http::omero
