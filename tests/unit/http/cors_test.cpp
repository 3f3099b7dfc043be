#include "http/cors.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::http;

namespace {

constexpr const char* friendly = "https://viewer.example";

web_request from(const std::string& origin, const std::string& method = "GET") {
  web_request in;
  in.method = method;
  if (!origin.empty())
    in.headers["origin"] = origin;
  return in;
}

/// @returns the last header of that name, "" for none.
std::string header_of(const web_response& out, const std::string& name) {
  std::string found;
  for (auto& [key, value] : out.headers)
    if (key == name)
      found = value;
  return found;
}

web_response answered(const std::vector<std::string>& listed, const std::string& origin) {
  configuration config;
  config.cors_origins = listed;
  web_response out;
  out.headers.emplace_back("Troupe-Shape", "1,2");
  allow_origin(config, from(origin), out);
  return out;
}

} // namespace

TEST_CASE("cors: a listed page reads with cookies, another is told nothing") {
  const auto yes = answered({friendly}, friendly);
  CHECK(header_of(yes, "Access-Control-Allow-Origin") == friendly);
  CHECK(header_of(yes, "Access-Control-Allow-Credentials") == "true");
  CHECK(header_of(yes, "Vary") == "Origin");
  const auto shown = header_of(yes, "Access-Control-Expose-Headers");
  for (auto* name : {"ETag", "Content-Range", "Link", "Troupe-Shape"})
    CHECK_MESSAGE(shown.find(name) != std::string::npos, name);
  for (auto* stranger :
       {"https://viewer.example.evil", "http://viewer.example", "null"}) {
    const auto no = answered({friendly}, stranger);
    CHECK(header_of(no, "Access-Control-Allow-Origin") == "");
    CHECK(header_of(no, "Access-Control-Allow-Credentials") == "");
    CHECK(header_of(no, "Vary") == "Origin");
  }
}

TEST_CASE("cors: the star never comes with cookies") {
  const auto all = answered({"*", friendly}, "https://elsewhere.example");
  CHECK(header_of(all, "Access-Control-Allow-Origin") == "*");
  CHECK(header_of(all, "Access-Control-Allow-Credentials") == "");
  const auto listed = answered({"*", friendly}, friendly);
  CHECK(header_of(listed, "Access-Control-Allow-Origin") == friendly);
  CHECK(header_of(listed, "Access-Control-Allow-Credentials") == "true");
}

TEST_CASE("cors: without a list, and without an origin, nothing is added") {
  CHECK(answered({}, friendly).headers.size() == 1);
  CHECK(answered({friendly}, "").headers.size() == 2); // only Vary
}

TEST_CASE("cors: a browser that asks first is told methods and headers") {
  configuration config;
  config.cors_origins = {friendly};
  auto in = from(friendly, "OPTIONS");
  CHECK_FALSE(preflight_answer(config, in)); // asks for something else
  in.headers["access-control-request-method"] = "PUT";
  const auto out = preflight_answer(config, in);
  REQUIRE(out);
  CHECK(out->status == 204);
  CHECK(header_of(*out, "Access-Control-Allow-Methods").find("PUT") != std::string::npos);
  for (auto* name : {"Authorization", "Range", "X-CSRFToken", "Content-Type"})
    CHECK(header_of(*out, "Access-Control-Allow-Headers").find(name)
          != std::string::npos);
  in.headers["origin"] = "https://stranger.example";
  CHECK_FALSE(preflight_answer(config, in));
}
