// Coming and going as OMERO's clients do: cookies, CSRF, sessions joined by their key.

#include "tests/support/running_server.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

/// A client that keeps cookies, as browsers and `requests` do.
class visitor {
public:
  std::map<std::string, std::string> cookies;

  answer send(const std::string& method, const std::string& path,
              const std::string& body = "", httplib::Headers more = {},
              const std::string& type = "application/x-www-form-urlencoded") {
    httplib::Request request;
    request.method = method;
    request.path = path;
    request.body = body;
    request.headers = std::move(more);
    if (!body.empty())
      request.headers.emplace("Content-Type", type);
    std::string jar;
    for (auto& [name, value] : cookies)
      jar += (jar.empty() ? "" : "; ") + name + "=" + value;
    if (!jar.empty())
      request.headers.emplace("Cookie", jar);
    const auto got = http_.send(request);
    REQUIRE(got);
    keep(got->headers);
    return {got->status, got->body, got->headers};
  }
  std::string csrf() {
    return send("GET", "/api/v0/token/").document().at("data").get<std::string>();
  }
  answer log_in(const std::string& login, const std::string& password) {
    const auto token = csrf();
    return send("POST", "/api/v0/login/",
                fmt::format("server=1&username={}&password={}", login, password),
                {{"X-CSRFToken", token}});
  }

private:
  void keep(const httplib::Headers& headers) {
    const auto [begin, end] = headers.equal_range("Set-Cookie");
    for (auto i = begin; i != end; ++i) {
      const auto pair = i->second.substr(0, i->second.find(';'));
      const auto cut = pair.find('=');
      const bool ends = i->second.find("Max-Age=0") != std::string::npos;
      if (ends)
        cookies.erase(pair.substr(0, cut));
      else
        cookies[pair.substr(0, cut)] = pair.substr(cut + 1);
    }
  }
  httplib::Client http_{shared_server().url()};
};

std::string quoted_password() {
  return httplib::detail::encode_query_param(running_server::password);
}

api& person() {
  static auto who = shared_server().add_user("omero.visitor");
  return who;
}

visitor signed_in() {
  person();
  visitor v;
  REQUIRE(v.log_in("omero.visitor", quoted_password()).status == 200);
  return v;
}

} // namespace

TEST_CASE("omero sign-in: discovery tells absolute addresses of the host that asked") {
  visitor v;
  const auto base = v.send("GET", "/api/").document().at("data").at(0).at("url:base");
  CHECK(base == shared_server().url() + "/api/v0/");
  const auto links = v.send("GET", "/api/v0/").document();
  for (auto& [key, value] : links.items())
    CHECK(value.is_string());
  CHECK(links.at("url:save") == shared_server().url() + "/api/v0/m/save/");
}

TEST_CASE("omero sign-in: login answers with the session, which then works") {
  person();
  visitor v;
  const auto a = v.log_in("omero.visitor", quoted_password());
  REQUIRE(a.status == 200);
  const auto body = a.document();
  CHECK(body.at("success") == true);
  const auto& context = body.at("eventContext");
  CHECK(context.at("userName") == "omero.visitor");
  CHECK(context.at("isAdmin") == false);
  CHECK(context.at("memberOfGroups").at(0) == context.at("groupId"));
  CHECK(v.send("GET", "/webclient/keepalive_ping/").body == "OK");
}

TEST_CASE("omero sign-in: a session's key in place of name and password joins it") {
  auto v = signed_in();
  const auto key = v.cookies.at("sessionid");
  visitor again;
  const auto a = again.log_in(key, key);
  REQUIRE(a.status == 200);
  CHECK(a.document().at("eventContext").at("sessionUuid") == key);
  CHECK(again.send("GET", "/webclient/keepalive_ping/").body == "OK");
  visitor linked;
  CHECK(linked.send("GET", "/webclient/keepalive_ping/?bsession=" + key).body == "OK");
  CHECK(linked.send("GET", "/webclient/keepalive_ping/").body == "OK");
}

TEST_CASE("omero sign-in: an empty login of a live session tells of it again") {
  auto v = signed_in();
  const auto a = v.send("POST", "/api/v0/login/", "", {{"X-CSRFToken", v.csrf()}});
  CHECK(a.status == 200);
  CHECK(a.document().at("eventContext").at("userName") == "omero.visitor");
}

TEST_CASE("omero sign-in: refusals are 403 with the words clients look for") {
  visitor v;
  auto a = v.log_in("nobody.at.all", "wrong");
  CHECK(a.status == 403);
  CHECK(a.document().at("message")
        == "Connection not available, please check your user name and password.");
  a = v.send("POST", "/api/v0/login/", "server=1", {{"X-CSRFToken", v.csrf()}});
  CHECK(a.status == 403);
  CHECK(a.document().at("message")
        == "Username: This field is required. Password: This field is required.");
  a = v.log_in("guest", "guest");
  CHECK(a.document().at("message") == "Username: Guest account is not supported.");
}

TEST_CASE("omero sign-in: what changes something needs the token of the cookie") {
  visitor v;
  const std::string form = "server=1&username=omero.visitor&password=x";
  auto a = v.send("POST", "/api/v0/login/", form);
  CHECK(a.status == 403);
  CHECK(a.document().at("message") == "CSRF Failed: CSRF cookie not set.");
  const auto token = v.csrf();
  CHECK(v.send("POST", "/api/v0/login/", form).document().at("message")
        == "CSRF Failed: CSRF token missing.");
  CHECK(v.send("POST", "/api/v0/login/", form, {{"X-CSRFToken", token + "x"}})
          .document()
          .at("message")
        == "CSRF Failed: CSRF token incorrect.");
  a = v.send("POST", "/api/v0/login/", form,
             {{"X-CSRFToken", token}, {"Origin", "https://elsewhere.example"}});
  CHECK(a.status == 403);
  CHECK(a.document().at("message").get<std::string>().starts_with(
    "CSRF Failed: Origin checking failed"));
}

TEST_CASE(
  "omero sign-in: the form signs in and goes where it was asked, if that is here") {
  person();
  auto log_in_to = [](const std::string& url) {
    visitor v;
    const auto page = v.send("GET", "/webclient/login/?url=" + url);
    CHECK(page.body.find("csrfmiddlewaretoken") != std::string::npos);
    return v.send("POST", "/webclient/login/",
                  fmt::format("server=1&username=omero.visitor&password={}&url={}"
                              "&csrfmiddlewaretoken={}",
                              quoted_password(), url, v.cookies.at("csrftoken")));
  };
  auto a = log_in_to("/iviewer/%3Fimages=1");
  CHECK(a.status == 302);
  CHECK(a.header("Location") == "/iviewer/?images=1");
  CHECK(log_in_to("//elsewhere.example/").header("Location") == "/webclient/");
  CHECK(log_in_to("https://elsewhere.example/").header("Location") == "/webclient/");
}

TEST_CASE("omero sign-in: a wrong password in the form shows it again, escaped") {
  visitor v;
  const auto token = v.csrf();
  const auto a = v.send(
    "POST", "/webclient/login/",
    "username=nobody&password=x&url=%22%3E%3Cscript%3E&csrfmiddlewaretoken=" + token);
  CHECK(a.status == 200);
  CHECK(a.body.find("Connection not available") != std::string::npos);
  CHECK(a.body.find("\"><script>") == std::string::npos);
}

TEST_CASE("omero sign-in: after logging out the key is worth nothing") {
  auto v = signed_in();
  const auto key = v.cookies.at("sessionid");
  const auto a = v.send("POST", "/webclient/logout/", "csrfmiddlewaretoken=" + v.csrf());
  CHECK(a.status == 302);
  CHECK_FALSE(v.cookies.contains("sessionid"));
  v.cookies["sessionid"] = key;
  CHECK(v.send("GET", "/webclient/keepalive_ping/").body == "Connection Failed");
}
