// The page of OMERO.figure, where its files are there.

#include "http/omero/csrf.hpp"
#include "http/omero/marshal/values.hpp"
#include "http/omero/static_files.hpp"
#include "http/omero/tables.hpp"
#include "storage/formats/ome_units.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

constexpr const char* page_file_name = "omero_figure/index.html";
constexpr int64_t largest_whole_plane = 3192 * 3192; ///< pixels; above it there are tiles

/// {"MICROMETER": {"symbol": "µm", "microns": 1}}
json length_units() {
  auto out = json::object();
  for (auto unit : {"ANGSTROM", "PICOMETER", "NANOMETER", "MICROMETER", "MILLIMETER",
                    "CENTIMETER", "METER", "KILOMETER"})
    if (const auto nm = formats::in_nanometres(1, length_symbol(unit)))
      out[unit] = {{"symbol", length_symbol(unit)}, {"microns", *nm / 1000}};
  return out;
}

/// What the page knows of server and person.
json page_values(call& c) {
  const auto& who = c.who();
  return {{"BASE_OMEROWEB_URL", c.in.base + "/"},
          {"APP_ROOT_URL", "/figure"},
          {"USER_ID", who.account.id},
          {"USER_FULL_NAME", who.account.name},
          {"PING_URL", "/webclient/keepalive_ping/"},
          {"MAX_PLANE_SIZE", largest_whole_plane},
          {"LENGTH_UNITS", length_units()},
          {"IS_PUBLIC_USER", token_of(c.in).empty()},
          {"EXPORT_ENABLED", false},
          {"SCRIPT_MISSING", true}};
}

/// Puts our value where the page says "const NAME = ...;", once.
void put_value(std::string& html, const std::string& name, const json& value) {
  const auto begin = html.find(fmt::format("const {} =", name));
  const auto end = html.find(';', begin);
  if (begin != html.npos && end != html.npos)
    html.replace(begin, end - begin,
                 fmt::format("const {} = {}", name, script_literal(value)));
}

void allow_own_scripts(std::string& html, const std::string& nonce) {
  const auto marked = fmt::format("<script nonce=\"{}\"", nonce);
  for (auto at = html.find("<script"); at != html.npos;
       at = html.find("<script", at + marked.size()))
    html.replace(at, std::string_view{"<script"}.size(), marked);
}

web_response figure_page(call& c) {
  auto values = page_values(c);
  auto html = static_text(c, page_file_name);
  if (!html)
    throw failure{errc::not_found, "OMERO.figure is not installed on this server"};
  for (auto& [name, value] : values.items())
    put_value(*html, name, value);
  const auto nonce = page_nonce();
  allow_own_scripts(*html, nonce);
  auto out = application_page(std::move(*html), nonce);
  give_csrf(c, out, csrf_token(c.in));
  return out;
}

} // namespace

const std::vector<route> figure_page_routes = routes_of({
  {"GET", "/figure", manner::pages, figure_page},
  {"GET", "/figure/new", manner::pages, figure_page},
  {"GET", "/figure/recover", manner::pages, figure_page},
  {"GET", "/figure/open", manner::pages, figure_page},
  {"GET", "/figure/file/{annotation}", manner::pages, figure_page},
});

} // namespace troupe::http::omero
