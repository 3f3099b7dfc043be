#include "http/omero/login_page.hpp"

#include "http/omero/csrf.hpp"
#include "http/plain_page.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

/// What the form must repeat.
std::string secret_field(const std::string& token) {
  return fmt::format("<input type=\"hidden\" name=\"csrfmiddlewaretoken\" value=\"{}\">",
                     token);
}

web_response page_with(const call& c, const std::string& token, const std::string& title,
                       const std::string& body, int status) {
  auto out = plain_page(
    title, fmt::format("<header><h1>{}</h1></header>{}", in_markup(title), body), status);
  give_csrf(c, out, token);
  return out;
}

} // namespace

web_response page_with_token(const call& c, const std::string& title,
                             const std::string& body) {
  return page_with(c, csrf_token(c.in), title, body, 200);
}

web_response login_page(call& c, const std::string& problem, int status) {
  const auto token = csrf_token(c.in);
  auto body = problem.empty()
                ? std::string{}
                : fmt::format("<p role=\"alert\">{}</p>", in_markup(problem));
  body += fmt::format(
    "<form method=\"post\">{}<input type=\"hidden\" name=\"server\" value=\"1\">"
    "<input type=\"hidden\" name=\"url\" value=\"{}\">"
    "<label>Username<input name=\"username\" autocomplete=\"username\" required"
    " autofocus></label>"
    "<label>Password<input name=\"password\" type=\"password\""
    " autocomplete=\"current-password\" required></label>"
    "<button>Log in</button></form>",
    secret_field(token), in_markup(c.field("url").value_or("")));
  return page_with(c, token, "Log in", body, status);
}

web_response logout_page(call& c) {
  const auto token = csrf_token(c.in);
  return page_with(c, token, "Log out?",
                   "<form method=\"post\">" + secret_field(token)
                     + "<button>Log out</button></form>",
                   200);
}

} // namespace troupe::http::omero
