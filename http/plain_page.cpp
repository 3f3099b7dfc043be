#include "http/plain_page.hpp"

#include <fmt/format.h>

#include <array>

namespace troupe::http {

namespace {

constexpr const char* style_sheet = R"(:root { color-scheme: light dark; --line: #8883;
  --quiet: #5f6368; --accent: #1d5fd1; --bad: #b91c1c; }
@media (prefers-color-scheme: dark) {
  :root { --quiet: #a3a7ae; --accent: #8ab4f8; --bad: #f28b82; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 72rem;
  font: 15px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1rem;
  margin-bottom: 1.5rem; }
h1 { margin: 0; font-size: 1.4rem; font-weight: 600; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .75rem; font-size: 1.05rem; font-weight: 600; overflow-wrap: anywhere; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
.quiet { color: var(--quiet); }
table { width: 100%; border-collapse: collapse; }
th { font-weight: 500; color: var(--quiet); text-align: left; }
th, td { padding: .45rem .6rem; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; }
tr:hover td { background: #8881; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.folder::before { content: "\1F4C1\A0"; }
.file::before { content: "\1F4C4\A0"; }
.tiles { display: grid; gap: 1rem; padding: 0; margin: 0; list-style: none;
  grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); }
.tiles li { border: 1px solid var(--line); border-radius: .6rem; overflow: hidden; }
.tiles img { display: block; width: 100%; aspect-ratio: 1; object-fit: contain;
  background: #000; }
.tiles p { margin: 0; padding: .5rem .7rem .6rem; overflow-wrap: anywhere; }
.tiles small { display: block; color: var(--quiet); }
.tiles small a { display: inline-block; min-width: 24px; margin-right: .6rem; line-height: 24px; }
form { max-width: 22rem; }
input { display: block; width: 100%; margin: .35rem 0 1rem; padding: .5rem .6rem;
  font: inherit; border: 1px solid var(--line); border-radius: .4rem; }
button { padding: .5rem 1.25rem; font: inherit; color: #fff; background: #1d5fd1;
  border: 0; border-radius: .4rem; cursor: pointer; }
[role=alert] { color: var(--bad); }
)";

web_response plain_style(desk&, web_request&) {
  web_response out{.type = "text/css; charset=utf-8", .text = style_sheet};
  out.headers.emplace_back("Cache-Control", "public, max-age=3600");
  return out;
}

} // namespace

std::string in_markup(std::string_view text) {
  std::string out;
  for (const char c : text)
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  return out;
}

web_response plain_page(const std::string& title, const std::string& body, int status) {
  web_response out{.status = status, .type = "text/html; charset=utf-8"};
  out.text =
    fmt::format("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                "<meta name=\"viewport\" content=\"width=device-width\">"
                "<title>{} · Troupe</title>"
                "<link rel=\"stylesheet\" href=\"/plain.css\"></head>\n"
                "<body><main>{}</main></body></html>\n",
                in_markup(title), body);
  out.headers.emplace_back("Cache-Control", "no-store");
  return out;
}

std::string readable_size(int64_t bytes) {
  static constexpr std::array units{"B", "kB", "MB", "GB", "TB", "PB"};
  auto amount = static_cast<double>(bytes);
  size_t unit = 0;
  for (; amount >= 999.5 && unit + 1 < units.size(); ++unit)
    amount /= 1000;
  return fmt::format("{:.{}f} {}", amount, unit == 0 || amount >= 99.95 ? 0 : 1,
                     units[unit]);
}

const std::vector<route> plain_page_routes{
  {"GET",
   "/plain.css",
   access::anyone,
   "How the server's own pages look",
   {},
   "",
   200,
   "text/css",
   plain_style},
};

} // namespace troupe::http
