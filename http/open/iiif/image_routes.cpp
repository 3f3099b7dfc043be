// IIIF Image API 3.0 and 2.1, level 2.

#include "http/encode.hpp"
#include "http/open/iiif/image_request.hpp"
#include "http/own_address.hpp"
#include "http/open/plane_name.hpp"
#include "http/open/scaled_picture.hpp"
#include "http/open/tables.hpp"
#include "http/picture_arguments.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace troupe::http {

namespace {

using iiif::version;

/// "/iiif/3/7" with what may stand before it.
std::string service_address(const web_request& in) {
  return own_address(in, 3);
}

std::string profile_link(version v) {
  return fmt::format("<http://iiif.io/api/image/{}/level2.json>;rel=\"profile\"",
                     static_cast<int>(v));
}

/// Version 3 wants JSON-LD unless JSON is all that is accepted, version 2 the other way.
std::string info_type(const web_request& in, version v) {
  const auto accepted = in.header("accept");
  const auto names = [&](const char* type) {
    return accepted.find(type) != accepted.npos;
  };
  if (v == version::two)
    return names("application/ld+json") ? "application/ld+json" : "application/json";
  if (names("application/json") && !names("application/ld+json"))
    return "application/json";
  return "application/ld+json;profile=\"http://iiif.io/api/image/3/context.json\"";
}

template <version v>
web_response iiif_info(desk& d, web_request& in) {
  const auto name = plane_named(in.captured.at("image"), in);
  const auto id = service_address(in);
  return d.ask_session(in, grant_image{.image = name.image}, [&](const image_grant& g) {
    plane_shown(name, g); // or there is no such image
    auto out = document(iiif::info_of(g, id, v));
    out.type = info_type(in, v);
    out.headers.emplace_back("Link", profile_link(v));
    out.headers.emplace_back("Vary", "Accept");
    return out;
  });
}

web_response iiif_image(desk&, web_request& in) {
  web_response out;
  out.status = 303;
  out.headers.emplace_back("Location",
                           service_address(in) + "/info.json" + own_query(in));
  return out;
}

template <version v>
web_response iiif_picture(desk& d, web_request& in) {
  const auto name = plane_named(in.captured.at("image"), in);
  const iiif::picture_text text{in.captured.at("region"), in.captured.at("size"),
                                in.captured.at("rotation"), in.captured.at("last")};
  return scaled_picture(
    d, in, name.image,
    [=, wish = wish_of(in), id = service_address(in),
     query = own_query(in)](const image_grant& g) {
      const auto at = plane_shown(name, g);
      const auto asked = iiif::parse_picture(text, {g.size.x, g.size.y}, v);
      picture_order out{
        {.at = at, .where = asked.where, .finish = asked.finish, .wish = wish}};
      out.what.wish.as = asked.as;
      out.headers = {
        {"Link", profile_link(v)},
        {"Link", fmt::format("<{}/{}{}>;rel=\"canonical\"", id, asked.canonical, query)}};
      return out;
    });
}

web_response no_iiif_address(desk&, web_request& in) {
  return problem(errc::not_found, "no such address", in.id);
}

} // namespace

const std::vector<route> iiif_image_routes{
  {"GET",
   "/iiif/3/{image}",
   access::session,
   "The image's address",
   {},
   "",
   303,
   "",
   iiif_image},
  {"GET",
   "/iiif/3/{image}/info.json",
   access::session,
   "What there is of an image",
   {},
   "",
   200,
   "application/ld+json, application/json",
   iiif_info<version::three>},
  {"GET",
   "/iiif/3/{image}/{region}/{size}/{rotation}/{last}",
   access::session,
   "A region in a size, turned and toned",
   {},
   "",
   200,
   "image/jpeg, image/png, image/tiff",
   iiif_picture<version::three>},
  {"GET",
   "/iiif/2/{image}",
   access::session,
   "The image's address",
   {},
   "",
   303,
   "",
   iiif_image},
  {"GET",
   "/iiif/2/{image}/info.json",
   access::session,
   "What there is of an image",
   {},
   "",
   200,
   "application/json, application/ld+json",
   iiif_info<version::two>},
  {"GET",
   "/iiif/2/{image}/{region}/{size}/{rotation}/{last}",
   access::session,
   "A region in a size, turned and toned",
   {},
   "",
   200,
   "image/jpeg, image/png, image/tiff",
   iiif_picture<version::two>},
  {"GET",
   "/iiif/{rest...}",
   access::anyone,
   "Nothing else",
   {},
   "",
   404,
   "",
   no_iiif_address},
};

} // namespace troupe::http
