// Coming and going: discovery, token, servers, login of the JSON API; login, logout and
// the ping of the pages.

#include "http/sign_in.hpp"
#include "http/encode.hpp"
#include "http/omero/csrf.hpp"
#include "http/omero/login_page.hpp"
#include "http/omero/session_cookie.hpp"
#include "http/omero/tables.hpp"
#include "schema/queries/groups.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

constexpr const char* schema_address =
  "http://www.openmicroscopy.org/Schemas/OME/2016-06";

web_response versioned(const json& body) {
  auto out = document(body);
  out.headers.emplace_back("X-OMERO-ApiVersion", "0.2");
  return out;
}

web_response versions(call& c) {
  return versioned(
    {{"data", {{{"version", "0"}, {"url:base", c.in.base + "/api/v0/"}}}}});
}

web_response links(call& c) {
  const auto base = c.in.base + "/api/v0/";
  json body{{"url:schema", schema_address},
            {"url:token", base + "token/"},
            {"url:servers", base + "servers/"},
            {"url:login", base + "login/"}};
  for (auto kind : {"experimenters", "experimentergroups", "projects", "datasets",
                    "images", "screens", "plates", "rois", "save"})
    body[std::string{"url:"} + kind] = base + "m/" + kind + "/";
  return versioned(body);
}

web_response token(call& c) {
  const auto secret = csrf_token(c.in);
  auto out = versioned({{"data", secret}});
  give_csrf(c, out, secret);
  return out;
}

web_response servers(call& c) {
  auto host = c.in.base.substr(c.in.base.find("://") + 3);
  host = host.substr(0, host.find_first_of(":/"));
  return versioned(
    {{"data", {{{"id", 1}, {"host", host}, {"port", 4064}, {"server", "omero"}}}}});
}

/// Who is signed in, as the JSON API tells it. The request knows its session.
json event_context(call& c) {
  const auto& who = c.who();
  auto members = json::array({who.who.group});
  for (auto& g : c.ask(list_groups{}))
    if (g.member && g.id != who.who.group)
      members.push_back(g.id);
  return {{"sessionId", who.id},           {"sessionUuid", token_of(c.in)},
          {"userId", who.account.id},      {"userName", who.account.login},
          {"groupId", who.who.group},      {"groupName", who.group_name},
          {"isAdmin", who.who.everything}, {"eventId", -1},
          {"eventType", "User"},           {"memberOfGroups", members},
          {"leaderOfGroups", who.who.led}};
}

web_response welcome(call& c) {
  auto out = document({{"success", true}, {"eventContext", event_context(c)}});
  out.headers.emplace_back("Set-Cookie", session_cookie(c, token_of(c.in)));
  return out;
}

web_response stay_out(const std::string& why) {
  return document({{"message", why}}, 403);
}

struct credentials {
  std::string server, login, password;

  bool none() const { return server.empty() && login.empty() && password.empty(); }
  /// What is wrong with them before anybody is asked.
  std::string mistakes() const {
    std::string out;
    auto add = [&](const char* text) {
      out += (out.empty() ? "" : " ") + std::string{text};
    };
    if (!server.empty() && server != "1")
      add("Server: Select a valid choice.");
    if (login.empty())
      add("Username: This field is required.");
    else if (login == "guest")
      add("Username: Guest account is not supported.");
    if (password.empty())
      add("Password: This field is required.");
    return out;
  }
  /// A session's token in both places joins it.
  bool join() const { return login == password && login.size() >= 32; }
};

std::string text_of(const json& body, const char* name) {
  const auto found = body.find(name);
  if (found == body.end() || found->is_null())
    return {};
  return found->is_string() ? found->get<std::string>() : found->dump();
}

/// From the body only: an address is in logs.
credentials credentials_of(call& c) {
  if (c.in.header("content-type").starts_with("application/json")) {
    const auto body = c.document();
    if (!body.is_object())
      throw failure{errc::bad_request, "the body must be a JSON object"};
    return {text_of(body, "server"), text_of(body, "username"),
            text_of(body, "password")};
  }
  credentials out;
  for (auto& [key, value] : c.form()) {
    if (key == "server")
      out.server = value;
    else if (key == "username")
      out.login = value;
    else if (key == "password")
      out.password = value;
  }
  return out;
}

/// Why signing in failed, in words that clients show.
std::string reason_of(const web_response& refusal) {
  if (refusal.status == 401)
    return "Connection not available, please check your user name and password.";
  if (refusal.status >= 500)
    return "Server is not responding, please contact administrator.";
  return json::parse(refusal.text).value("detail", "Signing in was refused.");
}

/// Opens or joins a session; the request then knows it.
/// @returns why not; empty when it did.
std::string enter_with(call& c, const credentials& given) {
  if (given.join()) {
    c.in.token = given.login;
    try {
      c.who();
      return {};
    } catch (const refused& r) {
      c.in.token.clear();
      return reason_of(r.answer);
    }
  }
  const auto answer =
    open_session_for(c.house, c.in, given.login, given.password, [&](const signed_in& s) {
      c.in.token = s.token;
      return web_response{};
    });
  return c.in.token.empty() ? reason_of(answer) : "";
}

web_response log_in_by_api(call& c) {
  const auto given = credentials_of(c);
  if (given.none()) {
    find_session(c);
    c.in.for_visitors = false;
    if (!token_of(c.in).empty())
      return welcome(c);
  }
  if (auto wrong = given.mistakes(); !wrong.empty())
    return stay_out(wrong);
  auto why = enter_with(c, given);
  return why.empty() ? welcome(c) : stay_out(why);
}

web_response wrong_way_to_log_in(call&) {
  return document(
    {{"message", "POST only with username, password, server and csrftoken"}}, 405);
}

/// An address of ours: no other host, however it is written.
bool is_ours(std::string_view address) {
  return address.starts_with('/') && !address.starts_with("//")
         && address.find_first_of("\\\r\n") == address.npos;
}

web_response login_form(call& c) {
  return login_page(c, "", 200);
}

web_response log_in_by_form(call& c) {
  const auto given = credentials_of(c);
  auto why = given.mistakes();
  if (why.empty())
    why = enter_with(c, given);
  if (!why.empty())
    return login_page(c, why, 200);
  const auto address = c.field("url").value_or("");
  auto out = c.field("noredirect") ? plain("OK")
                                   : redirect(is_ours(address) ? address : "/webclient/");
  out.headers.emplace_back("Set-Cookie", session_cookie(c, c.in.token));
  out.headers.emplace_back("Set-Cookie", page_cookie(c.house.config, c.in.token));
  return out;
}

web_response log_out(call& c) {
  find_session(c);
  c.in.for_visitors = false;
  auto out =
    token_of(c.in).empty()
      ? redirect("/webclient/login/")
      : close_session_of(c.house, c.in, [] { return redirect("/webclient/login/"); });
  if (out.status == 401)
    out = redirect("/webclient/login/");
  out.headers.emplace_back("Set-Cookie", session_cookie(c, ""));
  out.headers.emplace_back("Set-Cookie", page_cookie(c.house.config, ""));
  return out;
}

web_response ping(call& c) {
  find_session(c);
  try {
    c.who();
    return plain("OK");
  } catch (const refused&) {
    return plain("Connection Failed");
  }
}

} // namespace

const std::vector<route> sign_in_routes = routes_of({
  {"GET", "/api", manner::open, versions},
  {"GET", "/api/v0", manner::open, links},
  {"GET", "/api/v0/token", manner::open, token},
  {"GET", "/api/v0/servers", manner::open, servers},
  {"GET", "/api/v0/login", manner::open, wrong_way_to_log_in},
  {"POST", "/api/v0/login", manner::open, log_in_by_api},
  {"GET", "/webclient/login", manner::open, login_form},
  {"POST", "/webclient/login", manner::open, log_in_by_form},
  {"GET", "/webadmin/login", manner::open, login_form},
  {"POST", "/webadmin/login", manner::open, log_in_by_form},
  {"GET", "/webclient/logout", manner::open, logout_page},
  {"POST", "/webclient/logout", manner::open, log_out},
  {"GET", "/webclient/keepalive_ping", manner::open, ping},
});

} // namespace troupe::http::omero
