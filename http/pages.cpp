#include "http/pages.hpp"

#include "http/error_response.hpp"
#include "http/media_types.hpp"

#include <span>

namespace troupe::http {

namespace {

const page_file* find(std::string_view path) {
  for (auto& f : std::span{page_files, page_file_count})
    if (f.path == path)
      return &f;
  return nullptr;
}

bool takes_gzip(const web_request& in) {
  return in.header("accept-encoding").find("gzip") != std::string_view::npos;
}

} // namespace

web_response page_response(const web_request& in) {
  if (in.method != "GET" && in.method != "HEAD")
    return problem(405, "pages are read only", in.id);
  auto* file = find(in.path);
  // What has a dot is a file; everything else is an address inside the page.
  auto is_address =
    in.segments.empty() || in.segments.back().find('.') == std::string::npos;
  if (!file && is_address)
    file = find("/index.html");
  if (!file)
    return problem(errc::not_found,
                   page_file_count == 0 && is_address
                     ? "this server was built without its page"
                     : "no such page",
                   in.id);
  web_response out;
  auto immutable = file->path.starts_with("/assets/");
  out.headers = {
    {"ETag", "\"" + std::string{file->etag} + "\""},
    {"Vary", "Accept-Encoding"},
    {"Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-cache"}};
  if (in.header("if-none-match") == out.headers[0].second) {
    out.status = 304;
    return out;
  }
  out.type = std::string{media_type_of(file->path)};
  if (takes_gzip(in)) {
    out.headers.emplace_back("Content-Encoding", "gzip");
    out.text = std::string{file->gzipped};
  } else {
    out.text = std::string{file->plain};
  }
  return out;
}

} // namespace troupe::http
