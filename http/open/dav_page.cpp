#include "http/open/dav_answers.hpp"

#include "http/plain_page.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace troupe::http {

namespace {

using folder_path = std::vector<std::string>;

/// The way up, each step a link.
std::string dav_steps(const web_request& in, const folder_path& path) {
  auto out =
    fmt::format("<a href=\"{}\">Files</a>", in_markup(dav_address(in, {}, true)));
  folder_path above;
  for (auto& step : path) {
    above.push_back(step);
    out += fmt::format(" / <a href=\"{}\">{}</a>",
                       in_markup(dav_address(in, above, true)), in_markup(step));
  }
  return out;
}

std::string dav_line(const web_request& in, folder_path path, const tree_entry& e) {
  path.push_back(e.name);
  return fmt::format(
    "<tr><td><a class=\"{}\" href=\"{}\">{}</a></td>"
    "<td class=\"number\">{}</td><td class=\"number\">{}</td></tr>\n",
    e.is_folder ? "folder" : "file", in_markup(dav_address(in, path, e.is_folder)),
    in_markup(e.name), e.is_folder ? "" : readable_size(e.bytes),
    e.changed == 0 ? "" : fmt::format("{:%Y-%m-%d %H:%M}", fmt::gmtime(e.changed)));
}

} // namespace

std::string dav_date(int64_t seconds_since_1970) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(seconds_since_1970));
}

std::string entity_tag(const original_file& file) {
  return file.sha256.empty() ? fmt::format("\"{}-{}\"", file.bytes, file.modified_ns)
                             : '"' + file.sha256 + '"';
}

std::string dav_address(const web_request& in, const folder_path& path, bool is_folder) {
  auto out = in.prefix + "/dav";
  for (auto& part : path)
    out += '/' + percent_encoded(part);
  return is_folder ? out + '/' : out;
}

web_response dav_page(const web_request& in, const folder_path& path,
                      const tree_node& folder) {
  std::string lines;
  for (auto& e : folder.entries)
    lines += dav_line(in, path, e);
  const auto title = path.empty() ? std::string{"Files"} : path.back();
  return plain_page(
    title, fmt::format("<header><h1>{}</h1></header>\n"
                       "<table><thead><tr><th>Name</th><th class=\"number\">Size</th>"
                       "<th class=\"number\">Changed (UTC)</th></tr></thead>\n"
                       "<tbody>{}</tbody></table>{}",
                       dav_steps(in, path), lines,
                       lines.empty() ? "<p class=\"quiet\">Nothing is here.</p>" : ""));
}

} // namespace troupe::http
