#include "tests/support/omero_client.hpp"

#include <fmt/format.h>

namespace troupe::test {

namespace {

/// "name=value" of a Set-Cookie.
std::pair<std::string, std::string> cookie_in(const std::string& header) {
  const auto end = std::min(header.find(';'), header.size());
  const auto equals = std::min(header.find('='), end);
  return {header.substr(0, equals),
          equals < end ? header.substr(equals + 1, end - equals - 1) : ""};
}

std::string urlencoded(const form& fields) {
  std::string out;
  for (auto& [name, value] : fields)
    out += (out.empty() ? "" : "&") + escaped(name) + '=' + escaped(value);
  return out;
}

} // namespace

omero_client::omero_client(std::string url) : url_{std::move(url)}, http_{url_} {
  http_.set_keep_alive(true);
  http_.set_tcp_nodelay(true);
  http_.set_url_encode(false);
  http_.set_connection_timeout(60s);
  http_.set_read_timeout(120s);
}

omero_client::omero_client(const running_server& server, const std::string& login,
                           const std::string& password)
  : omero_client{server.url()} {
  const auto welcome = log_in(login, password);
  if (welcome.status != 200)
    throw std::runtime_error{
      fmt::format("signing in as {}: {} {}", login, welcome.status, welcome.body)};
  event_context = welcome.document().at("eventContext");
}

omero_client::omero_client(const omero_client& other) : omero_client{other.url_} {
  cookies = other.cookies;
  event_context = other.event_context;
}

std::string omero_client::csrf() {
  if (!cookies.contains("csrftoken"))
    get("/api/v0/token/");
  return cookies["csrftoken"];
}

answer omero_client::log_in(const std::string& login, const std::string& password) {
  return post_form("/api/v0/login/",
                   {{"server", "1"}, {"username", login}, {"password", password}});
}

httplib::Headers omero_client::with_token() {
  const auto token = csrf();
  return {{"X-CSRFToken", token}, {"Referer", url_ + "/webclient/"}};
}

answer omero_client::take(const httplib::Result& result) {
  if (!result)
    return {};
  const auto [first, last] = result->headers.equal_range("Set-Cookie");
  for (auto it = first; it != last; ++it) {
    auto [name, value] = cookie_in(it->second);
    if (value.empty())
      cookies.erase(name);
    else
      cookies[name] = value;
  }
  return {result->status, result->body, result->headers};
}

answer omero_client::send(const std::string& method, const std::string& path,
                          const std::string& body, const std::string& type,
                          httplib::Headers more) {
  httplib::Request request;
  request.method = method;
  request.path = path;
  request.body = body;
  std::string jar;
  for (auto& [name, value] : cookies)
    jar += (jar.empty() ? "" : "; ") + name + '=' + value;
  if (!jar.empty())
    more.emplace("Cookie", jar);
  if (!type.empty())
    more.emplace("Content-Type", type);
  request.headers = std::move(more);
  return take(http_.send(request));
}

answer omero_client::get(const std::string& path, httplib::Headers more) {
  return send("GET", path, "", "", std::move(more));
}

answer omero_client::post(const std::string& path, const json& body) {
  return send("POST", path, body.dump(), "application/json", with_token());
}

answer omero_client::put(const std::string& path, const json& body) {
  return send("PUT", path, body.dump(), "application/json", with_token());
}

answer omero_client::remove(const std::string& path) {
  return send("DELETE", path, "", "", with_token());
}

answer omero_client::post_form(const std::string& path, const form& fields) {
  return send("POST", path, urlencoded(fields), "application/x-www-form-urlencoded",
              with_token());
}

answer omero_client::post_files(const std::string& path,
                                const httplib::MultipartFormDataItems& parts) {
  const std::string boundary = "----------parts-of-a-form";
  std::string body;
  for (auto& p : parts) {
    body += fmt::format("--{}\r\nContent-Disposition: form-data; name=\"{}\"", boundary,
                        p.name);
    if (!p.filename.empty())
      body += fmt::format("; filename=\"{}\"", p.filename);
    if (!p.content_type.empty())
      body += "\r\nContent-Type: " + p.content_type;
    body += "\r\n\r\n" + p.content + "\r\n";
  }
  body += fmt::format("--{}--\r\n", boundary);
  return send("POST", path, body, "multipart/form-data; boundary=" + boundary,
              with_token());
}

json omero_client::read(const std::string& path) {
  const auto a = get(path);
  if (a.status != 200)
    throw std::runtime_error{fmt::format("GET {}: {} {}", path, a.status, a.body)};
  return a.document();
}

omero_client& omero_root() {
  static omero_client root{shared_server(), "root", running_server::password};
  return root;
}

omero_person omero_member(const std::string& login, int64_t group) {
  auto& server = shared_server();
  const int64_t id =
    server.root()
      .make("/api/v1/accounts",
            {{"login", login}, {"password", running_server::password}, {"group", group}})
      .at("id");
  return {omero_client{server, login, running_server::password}, server.signed_in(login),
          id, group};
}

omero_person omero_newcomer(const std::string& login, const std::string& level) {
  const json group{{"name", login + " lab"}, {"level", level}};
  return omero_member(login,
                      shared_server().root().make("/api/v1/groups", group).at("id"));
}

omero_id_list omero_ids(const json& list) {
  omero_id_list out;
  for (auto& o : list)
    out.push_back(o.at("@id"));
  return out;
}

std::string omero_type(const std::string& name) {
  return "http://www.openmicroscopy.org/Schemas/OME/2016-06#" + name;
}

} // namespace troupe::test
