// Original files as folders that browsers list and file managers mount: WebDAV class 1
// (RFC 4918), read only.

#include "http/arguments.hpp"
#include "http/error_response.hpp"
#include "http/file_answer.hpp"
#include "http/open/basic_sign_in.hpp"
#include "http/open/dav_answers.hpp"
#include "http/open/tables.hpp"
#include "storage/export/zip.hpp"

namespace troupe::http {

namespace {

constexpr const char* dav_methods = "OPTIONS, GET, HEAD, PROPFIND";
constexpr size_t most_asked_bytes = 64 << 10; ///< of a PROPFIND's body

std::vector<std::string> path_below_dav(const web_request& in) {
  return {in.segments.begin() + 1, in.segments.end()};
}

/// Goes on with what is at the request's path, for who signs in with the request too.
template <class Then>
web_response at_node(desk& d, web_request& in, Then then) {
  if (in.share_key.empty())
    if (auto refusal = sign_in_by_basic(d, in))
      return asking_for_basic(std::move(*refusal));
  return asking_for_basic(d.ask_catalogue(
    in,
    browse_originals{.path = path_below_dav(in),
                     .policy = download_policy_of(d.config.download_policy)},
    then));
}

web_response dav_file(const tree_entry& e, const range_wish& wish, bool known) {
  const auto& f = e.original;
  if (known)
    return {.status = 304, .headers = {{"ETag", entity_tag(f)}}};
  exports::check_unchanged(exports::archived_file{
    f.name, f.path, static_cast<uint64_t>(f.bytes), f.modified_ns});
  const auto quoted = entity_tag(f);
  auto out = file_answer(f.path, e.name, quoted.substr(1, quoted.size() - 2), wish);
  out.headers.emplace_back("Last-Modified", dav_date(e.changed));
  out.headers.emplace_back("Cache-Control", "private, no-cache");
  return out;
}

web_response dav_get(desk& d, web_request& in) {
  return at_node(d, in, [&in](const tree_node& node) {
    if (node.self.is_folder)
      return dav_page(in, path_below_dav(in), node);
    return dav_file(node.self, range_wish{in},
                    in.header("if-none-match") == entity_tag(node.self.original));
  });
}

/// A whole tree at once may be millions of files.
web_response refuse_infinity() {
  return {.status = 403,
          .type = "application/xml; charset=utf-8",
          .text = "<?xml version=\"1.0\"?>\n<D:error xmlns:D=\"DAV:\">"
                  "<D:propfind-finite-depth/></D:error>\n"};
}

web_response dav_propfind(desk& d, web_request& in) {
  const auto depth = in.header("depth");
  if (depth.empty() || depth == "infinity")
    return refuse_infinity();
  if (depth != "0" && depth != "1")
    throw failure{errc::bad_request, "Depth must be 0, 1 or infinity"};
  const auto asked = text_of_body(in, most_asked_bytes);
  return at_node(d, in, [&](const tree_node& node) {
    return dav_properties(in, path_below_dav(in), node, asked, depth == "1");
  });
}

web_response dav_options(desk&, web_request&) {
  return {.status = 204,
          .headers = {{"DAV", "1"}, {"Allow", dav_methods}, {"MS-Author-Via", "DAV"}}};
}

route dav_row(const char* method, const char* pattern, access who, const char* summary,
              web_response (*run)(desk&, web_request&)) {
  return {method, pattern, who, summary, {}, "", 200, "text/html", run};
}

} // namespace

const std::vector<route> dav_routes{
  dav_row("OPTIONS", "/dav", access::anyone, "What this face can do", dav_options),
  dav_row("OPTIONS", "/dav/{path...}", access::anyone, "The same below", dav_options),
  dav_row("GET", "/dav", access::session, "Projects as folders", dav_get),
  dav_row("GET", "/dav/{path...}", access::session, "A folder or a file", dav_get),
  dav_row("PROPFIND", "/dav", access::session, "Projects as properties", dav_propfind),
  dav_row("PROPFIND", "/dav/{path...}", access::session,
          "Properties of a folder or a file", dav_propfind),
};

} // namespace troupe::http
