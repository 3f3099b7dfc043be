#include "tests/support/api.hpp"

#include "tests/support/program.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

namespace troupe::test {

namespace {

answer answer_of(const httplib::Result& result) {
  if (!result)
    return {};
  return {result->status, result->body, result->headers};
}

const answer& checked(const answer& a, const std::string& what) {
  if (a.status < 200 || a.status > 299)
    throw std::runtime_error{fmt::format("{}: {} {}", what, a.status, a.body)};
  return a;
}

} // namespace

json answer::document() const {
  auto parsed = json::parse(body, nullptr, false);
  if (parsed.is_discarded())
    throw std::runtime_error{fmt::format("status {} and no JSON: {}", status, body)};
  return parsed;
}

std::string answer::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

api::api(std::string url, std::string token)
  : url_{std::move(url)},
    token_{std::move(token)},
    http_{url_} {
  http_.set_keep_alive(true);
  http_.set_tcp_nodelay(true);
  http_.set_url_encode(false);
  http_.set_connection_timeout(60s);
  http_.set_read_timeout(120s);
  http_.set_write_timeout(120s);
}

httplib::Headers api::with_token(httplib::Headers more) const {
  if (!token_.empty())
    more.emplace("Authorization", "Bearer " + token_);
  return more;
}

answer api::get(const std::string& path, httplib::Headers more) {
  return answer_of(http_.Get(path, with_token(std::move(more))));
}

answer api::head(const std::string& path) {
  return answer_of(http_.Head(path, with_token({})));
}

answer api::send(const std::string& method, const std::string& path,
                 httplib::Headers more, const std::string& body) {
  httplib::Request request;
  request.method = method;
  request.path = path;
  request.headers = with_token(std::move(more));
  request.body = body;
  return answer_of(http_.send(request));
}

answer api::post(const std::string& path, const json& body, httplib::Headers more) {
  return answer_of(
    http_.Post(path, with_token(std::move(more)), body.dump(), "application/json"));
}

answer api::put(const std::string& path, const json& body) {
  return answer_of(http_.Put(path, with_token({}), body.dump(), "application/json"));
}

answer api::change(const std::string& path, const json& body) {
  return answer_of(http_.Patch(path, with_token({}), body.dump(), "application/json"));
}

answer api::patch(const std::string& path, const std::string& bytes, int64_t offset) {
  return answer_of(http_.Patch(path,
                               with_token({{"Upload-Offset", std::to_string(offset)}}),
                               bytes, "application/offset+octet-stream"));
}

answer api::remove(const std::string& path, httplib::Headers more) {
  return answer_of(http_.Delete(path, with_token(std::move(more))));
}

json api::read(const std::string& path) {
  return checked(get(path), "GET " + path).document();
}

json api::make(const std::string& path, const json& body) {
  return checked(post(path, body), "POST " + path).document();
}

int64_t upload(api& who, const std::string& name, const std::string& bytes,
               const target& into) {
  const json body{{"files", {{{"path", name}, {"bytes", bytes.size()}}}},
                  {"project", into.project},
                  {"dataset", into.dataset}};
  const auto path = into.group == 0 ? std::string{"/api/v1/imports"}
                                    : fmt::format("/api/v1/imports?group={}", into.group);
  const int64_t id = who.make(path, body).at("id");
  if (!bytes.empty())
    checked(who.patch(fmt::format("/api/v1/imports/{}/files/0", id), bytes, 0),
            "PATCH " + name);
  return id;
}

json wait_for_end(api& who, int64_t import) {
  json now;
  const auto ends = comes_true(
    [&] {
      now = who.read(fmt::format("/api/v1/imports/{}", import));
      const auto state = now.at("state").get<std::string>();
      return state == "done" || state == "failed" || state == "cancelled";
    },
    120s);
  if (!ends)
    throw std::runtime_error{"the import does not end: " + now.dump()};
  return now;
}

json import_bytes(api& who, const std::string& name, const std::string& bytes,
                  const target& into) {
  const auto id = upload(who, name, bytes, into);
  who.make(fmt::format("/api/v1/imports/{}/commit", id), json::object());
  return wait_for_end(who, id);
}

int64_t import_image(api& who, const std::string& name, const std::string& bytes,
                     const target& into) {
  const auto done = import_bytes(who, name, bytes, into);
  if (done.at("state") != "done")
    throw std::runtime_error{name + " was not imported: " + done.dump()};
  return done.at("results").at(0).at("images").at(0).at("id");
}

std::string pixels(api& who, int64_t image, const std::string& where) {
  const auto path = fmt::format("/api/v1/images/{}/pixels?{}", image, where);
  return checked(who.get(path), path).body;
}

json actor(const json& status, const std::string& name) {
  return entry(status, "actors", name);
}

json entry(const json& status, const std::string& list, const std::string& name) {
  for (auto& one : status.at(list))
    if (one.at("name") == name)
      return one;
  return nullptr;
}

std::string sha256(const std::string& bytes) {
  unsigned char digest[32];
  EVP_Digest(bytes.data(), bytes.size(), digest, nullptr, EVP_sha256(), nullptr);
  std::string text;
  for (auto byte : digest)
    text += fmt::format("{:02x}", byte);
  return text;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (unsigned char c : text)
    out +=
      std::isalnum(c) ? std::string(1, static_cast<char>(c)) : fmt::format("%{:02X}", c);
  return out;
}

} // namespace troupe::test
