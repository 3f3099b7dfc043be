#include "http/share_page.hpp"

#include "http/arguments.hpp"
#include "http/plain_page.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace troupe::http {

namespace {

constexpr int32_t images_on_page = 60;

std::string sizes_in_words(const image_entry& i) {
  auto out = fmt::format("{} × {}", i.size.x, i.size.y);
  for (auto [n, axis] : {std::pair{i.size.z, "z"}, {i.size.c, "c"}, {i.size.t, "t"}})
    if (n > 1)
      out += fmt::format(" · {} {}", n, axis);
  return out;
}

/// One image: how it looks, what it is, where programs find it.
std::string share_tile(const web_request& in, const image_entry& i, bool takes_files) {
  const auto& p = in.prefix;
  const auto own = fmt::format("{}/api/v1/images/{}", p, i.id);
  const auto taken =
    takes_files ? fmt::format("<a href=\"{}/ome.tiff\">OME-TIFF</a>", own) : "";
  return fmt::format(
    "<li><a href=\"{own}/thumbnail?size=1024\"><img src=\"{own}/thumbnail?size=256\" "
    "alt=\"{name}\" loading=\"lazy\"></a><p>{name}<small>{sizes}</small><small>"
    "<a href=\"{p}/zarr/v0.4/images/{id}.zarr/.zattrs\">OME-Zarr</a>"
    "<a href=\"{p}/iiif/3/{id}/info.json\">IIIF</a>{taken}</small></p></li>\n",
    fmt::arg("own", own), fmt::arg("name", in_markup(i.name)),
    fmt::arg("sizes", sizes_in_words(i)), fmt::arg("p", p), fmt::arg("id", i.id),
    fmt::arg("taken", taken));
}

std::string share_header(const web_request& in, const session_record& visitor,
                         int64_t images) {
  const auto files = visitor.who.takes_files
                       ? fmt::format("<a href=\"{}/dav/\">Original files</a>", in.prefix)
                       : "";
  return fmt::format(
    "<header><h1>{}</h1><span class=\"quiet\">{} image{}, shared by {} until "
    "{:%Y-%m-%d %H:%M} UTC</span>{}</header>\n",
    in_markup(visitor.title), images, images == 1 ? "" : "s",
    in_markup(visitor.account.name), fmt::gmtime(visitor.expires), files);
}

} // namespace

web_response share_page(desk& d, web_request& in, const session_record& visitor) {
  list_images wanted{.order = image_order::name};
  wanted.page = {std::string{in.argument("after").value_or("")}, images_on_page};
  return d.ask_catalogue(in, wanted, [&](const page<image_entry>& found) {
    auto body = share_header(in, visitor, found.total);
    body += "<ul class=\"tiles\">\n";
    for (auto& i : found.items)
      body += share_tile(in, i, visitor.who.takes_files);
    body += "</ul>\n";
    if (found.items.empty())
      body += "<p class=\"quiet\">Nothing of it is here any more.</p>\n";
    if (!found.next.empty())
      body += fmt::format("<p><a href=\"{}/?after={}\">More images</a></p>\n", in.prefix,
                          percent_encoded(found.next));
    return plain_page(visitor.title, body);
  });
}

web_response share_refusal_page(const web_request& in, const web_response& refusal) {
  const auto told = nlohmann::json::parse(refusal.text, nullptr, false);
  const auto why = told.is_object() ? told.value("detail", "") : "";
  if (refusal.status != 401 && refusal.status != 429)
    return plain_page("Shared images",
                      fmt::format("<h1>Shared images</h1><p>{}</p>", in_markup(why)),
                      refusal.status);
  auto out = plain_page(
    "Shared images",
    fmt::format("<h1>Shared images</h1>\n"
                "<form method=\"post\" action=\"{}\">{}"
                "<label>Password<input type=\"password\" name=\"password\" "
                "autocomplete=\"off\" autofocus required></label>"
                "<button>Open</button></form>",
                in.prefix,
                in.method == "POST" ? "<p role=\"alert\">" + in_markup(why) + "</p>"
                                    : ""),
    refusal.status);
  if (refusal.status == 401) // one that no browser asks a login for
    out.headers.emplace_back("WWW-Authenticate", "Share-Password");
  for (auto& h : refusal.headers)
    if (h.first == "Retry-After")
      out.headers.push_back(h);
  return out;
}

} // namespace troupe::http
