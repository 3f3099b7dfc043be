#include "http/omero/static_files.hpp"

#include "http/media_types.hpp"
#include "http/omero/tables.hpp"
#include "schema/password.hpp"

#include <fmt/format.h>

#include <fstream>

namespace troupe::http::omero {

namespace {

namespace fs = std::filesystem;

constexpr uintmax_t largest_static_file = 64 << 20;

/// Their templates become functions in the browser, and their parts set styles.
constexpr const char* application_policy =
  "default-src 'self'; img-src 'self' blob: data:; font-src 'self' data:; "
  "style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-eval' 'nonce-{}'; "
  "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
  "frame-ancestors 'self'";

/// Segments of a path are never ".." here. @returns nothing for what is no plain file.
std::optional<fs::path> static_file(const call& c, const std::string& name) {
  const auto& folder = c.house.config.omero_static;
  std::error_code error;
  if (folder.empty() || name.starts_with('.') || name.find("/.") != name.npos
      || !fs::is_regular_file(folder / name, error))
    return std::nullopt;
  return folder / name;
}

std::string etag_of(const fs::path& file, uintmax_t bytes) {
  const auto changed = fs::last_write_time(file).time_since_epoch().count();
  return fmt::format("\"{:x}-{:x}\"", changed, bytes);
}

shared_bytes static_content(const fs::path& file, uintmax_t bytes) {
  std::vector<uint8_t> content(bytes);
  std::ifstream in{file, std::ios::binary};
  if (!in.read(reinterpret_cast<char*>(content.data()),
               static_cast<std::streamsize>(bytes)))
    throw failure{errc::unreadable, file.filename().string() + " cannot be read"};
  return shared_bytes{std::move(content)};
}

web_response static_answer(call& c) {
  const auto name = c.in.captured.at("file");
  const auto file = static_file(c, name);
  if (!file)
    throw failure{errc::not_found, "no such file"};
  const auto bytes = fs::file_size(*file);
  if (bytes > largest_static_file)
    throw failure{errc::too_large, name + " is too large to be part of a page"};
  web_response out;
  out.headers = {{"ETag", etag_of(*file, bytes)},
                 {"Cache-Control", "public, max-age=300"}};
  if (c.in.header("if-none-match") == out.headers[0].second) {
    out.status = 304;
    return out;
  }
  out.type = std::string{media_type_of(name)};
  out.bytes = static_content(*file, bytes);
  return out;
}

} // namespace

bool has_static_file(const call& c, const std::string& name) {
  return static_file(c, name).has_value();
}

std::optional<std::string> static_text(const call& c, const std::string& name) {
  const auto file = static_file(c, name);
  if (!file)
    return std::nullopt;
  return std::string{static_content(*file, fs::file_size(*file)).view()};
}

web_response application_page(std::string html, const std::string& nonce) {
  web_response out;
  out.type = "text/html; charset=utf-8";
  out.text = std::move(html);
  out.headers.emplace_back("Content-Security-Policy",
                           fmt::format(fmt::runtime(application_policy), nonce));
  return out;
}

std::string page_nonce() {
  return hash_token(new_token()).substr(0, 32);
}

std::string script_literal(const json& value) {
  std::string out;
  for (char letter : value.dump(-1, ' ', true, json::error_handler_t::replace))
    switch (letter) {
      case '<': out += "\\u003c"; break;
      case '>': out += "\\u003e"; break;
      case '&': out += "\\u0026"; break;
      default: out += letter;
    }
  return out;
}

const std::vector<route> static_file_routes = routes_of({
  {"GET", "/static/{file...}", manner::open, static_answer},
});

} // namespace troupe::http::omero
