#include "http/omero/login_page.hpp"

#include "http/omero/csrf.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

constexpr const char* page_styles = R"(:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid;
  place-items: center; background: #14161a; color: #e8eaed; }
main { width: min(22rem, 90vw); padding: 2rem; border-radius: 12px; background: #1e2127; }
h1 { font-size: 1.25rem; margin: 0 0 1rem; }
label { display: block; margin: .75rem 0; }
input { box-sizing: border-box; width: 100%; padding: .5rem .6rem; margin-top: .25rem;
  font: inherit; color: inherit; background: #14161a; border: 1px solid #454a54;
  border-radius: 6px; }
button { margin-top: .75rem; padding: .5rem 1.25rem; font: inherit; color: #0b1220;
  background: #7cb7ff; border: 0; border-radius: 6px; cursor: pointer; }
a { color: #7cb7ff; }
[role=alert] { color: #ffb4ab; }
)";

/// What the form must repeat.
std::string secret_field(const std::string& token) {
  return fmt::format("<input type=\"hidden\" name=\"csrfmiddlewaretoken\" value=\"{}\">",
                     token);
}

web_response page_with(const call& c, const std::string& token, const std::string& title,
                       const std::string& body, int status) {
  web_response out;
  out.status = status;
  out.type = "text/html; charset=utf-8";
  out.text = fmt::format(
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width\"><title>{0} · Troupe</title>"
    "<link rel=\"stylesheet\" href=\"/static/troupe/pages.css\"></head>\n"
    "<body><main><h1>{0}</h1>{1}</main></body></html>\n",
    escaped(title), body);
  give_csrf(c, out, token);
  return out;
}

} // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (char letter : text)
    switch (letter) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += letter;
    }
  return out;
}

web_response small_page(const call& c, const std::string& title, const std::string& body,
                        int status) {
  return page_with(c, csrf_token(c.in), title, body, status);
}

web_response login_page(call& c, const std::string& problem, int status) {
  const auto token = csrf_token(c.in);
  auto body = problem.empty() ? std::string{}
                              : fmt::format("<p role=\"alert\">{}</p>", escaped(problem));
  body += fmt::format(
    "<form method=\"post\">{}<input type=\"hidden\" name=\"server\" value=\"1\">"
    "<input type=\"hidden\" name=\"url\" value=\"{}\">"
    "<label>Username<input name=\"username\" autocomplete=\"username\" required"
    " autofocus></label>"
    "<label>Password<input name=\"password\" type=\"password\""
    " autocomplete=\"current-password\" required></label>"
    "<button>Log in</button></form>",
    secret_field(token), escaped(c.field("url").value_or("")));
  return page_with(c, token, "Log in", body, status);
}

web_response logout_page(call& c) {
  const auto token = csrf_token(c.in);
  return page_with(c, token, "Log out?",
                   "<form method=\"post\">" + secret_field(token)
                     + "<button>Log out</button></form>",
                   200);
}

web_response page_style(call&) {
  web_response out;
  out.type = "text/css; charset=utf-8";
  out.text = page_styles;
  out.headers.emplace_back("Cache-Control", "public, max-age=3600");
  return out;
}

} // namespace troupe::http::omero
