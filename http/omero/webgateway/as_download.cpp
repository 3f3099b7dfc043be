#include "http/omero/webgateway/as_download.hpp"

#include "storage/export/archive_names.hpp"

#include <algorithm>

namespace troupe::http::omero {

std::string download_name(std::string name) {
  name = exports::safe_part(std::move(name));
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
    if (c == ',')
      return '.';
    return c <= ' ' || c == '"' || c == ';' || c == '\\' || c >= 127
             ? '_'
             : static_cast<char>(c);
  });
  return name;
}

web_response as_download(web_response out, const std::string& name) {
  if (out.status >= 300)
    return out;
  out.type = "application/force-download";
  std::erase_if(out.headers, [](auto& h) { return h.first == "Content-Disposition"; });
  out.headers.emplace_back("Content-Disposition",
                           "attachment; filename=" + download_name(name));
  return out;
}

std::string zip_name(const call& c, const std::string& usual) {
  std::string name{c.in.argument("zipname").value_or(usual)};
  return name.ends_with(".zip") ? name : name + ".zip";
}

} // namespace troupe::http::omero
