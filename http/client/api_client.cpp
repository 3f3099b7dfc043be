#include "http/client/api_client.hpp"

#include "storage/failure.hpp"
#include "storage/files/descriptor.hpp"

#include <httplib.h>
#include <unistd.h>

#include <thread>

namespace troupe::http {

using nlohmann::json;
using namespace std::chrono_literals;

namespace {

errc code_of(int status) {
  switch (status) {
    case 400: return errc::bad_request;
    case 401: return errc::signed_out;
    case 403: return errc::denied;
    case 404: return errc::not_found;
    case 409: return errc::conflict;
    case 413: return errc::too_large;
    case 422: return errc::unreadable;
    case 429: return errc::throttled;
    case 503: return errc::unavailable;
    case 507: return errc::no_space;
  }
  return errc::internal;
}

/// @throws failure when the server refused or did not answer.
const httplib::Response& checked(const httplib::Result& result) {
  if (!result)
    throw failure{errc::unavailable,
                  "the server does not answer: " + httplib::to_string(result.error())};
  if (result->status < 400)
    return *result;
  auto body = json::parse(result->body, nullptr, false);
  auto detail = body.is_object() ? body.value("detail", "") : "";
  throw failure{code_of(result->status),
                detail.empty() ? "the server answered " + std::to_string(result->status)
                               : detail};
}

json body_of(const httplib::Response& r) {
  if (r.body.empty())
    return {};
  auto body = json::parse(r.body, nullptr, false);
  if (body.is_discarded())
    throw failure{errc::internal, "the server's answer is no JSON"};
  return body;
}

/// A restarting or busy server gets a few seconds.
template <class Work>
auto patiently(Work work) {
  for (auto pause = 200ms;; pause *= 2)
    try {
      return work();
    } catch (const failure& e) {
      if (e.code != errc::unavailable || pause > 4s)
        throw;
      std::this_thread::sleep_for(pause);
    }
}

} // namespace

struct api_client::connection {
  explicit connection(const std::string& server) : http{server} {
    http.set_keep_alive(true);
    http.set_tcp_nodelay(true);
    http.set_connection_timeout(10s);
    http.set_read_timeout(120s);
    http.set_write_timeout(120s);
  }
  httplib::Client http;
};

api_client::api_client(const std::string& server)
  : connection_{std::make_unique<connection>(server)} {
  if (!connection_->http.is_valid())
    throw failure{errc::bad_request,
                  server + " is no server's address, such as http://127.0.0.1:4080"};
}

api_client::~api_client() = default;

void api_client::use_token(const std::string& token) {
  connection_->http.set_default_headers({{"Authorization", "Bearer " + token}});
}

void api_client::sign_in(const std::string& login, const std::string& password) {
  use_token(post("/api/v1/session", {{"login", login}, {"password", password}})
              .at("token")
              .get<std::string>());
}

json api_client::get(const std::string& path) {
  return patiently([&] { return body_of(checked(connection_->http.Get(path))); });
}

json api_client::post(const std::string& path, const json& body) {
  return patiently([&] {
    return body_of(
      checked(connection_->http.Post(path, body.dump(), "application/json")));
  });
}

int64_t api_client::offset(const std::string& path) {
  return patiently([&] {
    return std::stoll(
      checked(connection_->http.Head(path)).get_header_value("Upload-Offset"));
  });
}

void api_client::send(const std::string& path, const std::filesystem::path& file,
                      int64_t from, int64_t size,
                      const std::function<void(const char*, size_t)>& leaving) {
  const auto opened = open_for_reading(file);
  std::vector<char> block(1 << 20);
  auto provide = [&](size_t at, size_t left, httplib::DataSink& sink) {
    const auto got = ::pread(opened.get(), block.data(), std::min(block.size(), left),
                             from + static_cast<int64_t>(at));
    if (got <= 0)
      return false;
    leaving(block.data(), static_cast<size_t>(got));
    return sink.write(block.data(), static_cast<size_t>(got));
  };
  checked(connection_->http.Patch(path, {{"Upload-Offset", std::to_string(from)}},
                                  static_cast<size_t>(size), provide,
                                  "application/offset+octet-stream"));
}

} // namespace troupe::http
