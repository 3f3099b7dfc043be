// What is known of images beyond their pixels.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/file_answer.hpp"
#include "http/routes/tables.hpp"
#include "storage/files/managed.hpp"
#include "storage/formats/own_ome_xml.hpp"

#include <fmt/format.h>

namespace troupe::http {

namespace {

web_response metadata(desk& d, web_request& in) {
  return d.ask_catalogue(in, find_metadata{.image = id_in_path(in, "image")},
                         [](auto& x) { return encode(x); });
}

/// Never shown by a browser as a page of ours.
web_response download(shared_bytes bytes, const std::string& type,
                      const std::string& name) {
  web_response out{.type = type, .bytes = std::move(bytes)};
  out.headers.emplace_back("Content-Disposition", attachment_named(name));
  return out;
}

web_response xml_file(const std::string& text, int64_t image) {
  return download(shared_bytes{{text.begin(), text.end()}}, "application/xml",
                  fmt::format("image-{}.ome.xml", image));
}

formats::series series_of(const image_details& image) {
  formats::series s;
  s.name = image.entry.name;
  s.description = image.description;
  s.acquired = image.entry.acquired;
  s.size = image.entry.size;
  s.type = image.entry.type;
  s.physical_x = image.physical_x;
  s.physical_y = image.physical_y;
  s.physical_z = image.physical_z;
  s.time_increment = image.time_increment;
  for (auto& c : image.channels)
    s.channels.push_back({c.name, c.settings.color, c.emission, c.excitation});
  return s;
}

web_response ome_xml(desk& d, web_request& in) {
  constexpr int none = 204;
  const auto image = id_in_path(in, "image");
  auto own =
    d.ask_session(in, grant_image{.image = image}, [image](const image_grant& g) {
      const auto text = formats::own_ome_xml(g.source.path);
      return text ? xml_file(*text, image) : web_response{.status = none};
    });
  if (own.status != none)
    return own;
  return d.ask_catalogue(in, find_image{.image = image}, [image](const image_details& x) {
    return xml_file(formats::write_ome_xml(series_of(x)), image);
  });
}

web_response attachment(desk& d, web_request& in) {
  return d.ask_catalogue(
    in, find_attachment{.annotation = id_in_path(in, "annotation")},
    [&data = d.config.data, wish = range_wish{in}](const attached_file& f) {
      return file_answer(data / managed_directory::attachment_file(f.sha256), f.name,
                         f.sha256, wish);
    });
}

} // namespace

const std::vector<route> metadata_routes{
  {"GET",
   "/api/v1/images/{image}/metadata",
   access::session,
   "Instrument, settings, planes and original metadata of an image",
   {},
   "",
   200,
   "Metadata",
   metadata},
  {"GET",
   "/api/v1/images/{image}/ome.xml",
   access::session,
   "The OME-XML of an image: its file's own, or made from what is stored",
   {},
   "",
   200,
   "application/xml",
   ome_xml},
  {"GET",
   "/api/v1/annotations/{annotation}/file",
   access::session,
   "The bytes of a file annotation, whole or a range",
   {},
   "",
   200,
   "application/octet-stream",
   attachment},
};

} // namespace troupe::http
