#include "http/error_response.hpp"
#include "http/gate/target.hpp"
#include "http/openapi.hpp"
#include "http/route.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <set>

using namespace troupe;
using namespace troupe::http;

namespace {

web_request request(const std::string& method, const std::string& target) {
  web_request in;
  in.method = method;
  auto parsed = parse_target(target);
  REQUIRE(parsed);
  in.path = parsed->path;
  in.segments = parsed->segments;
  in.query = parsed->query;
  return in;
}

} // namespace

TEST_CASE("routes: a pattern captures its parameters") {
  auto in = request("GET", "/api/v1/images/7/tile?x=1");
  auto found = find_route(in);
  REQUIRE(found.found);
  CHECK(found.found->pattern == std::string{"/api/v1/images/{image}/tile"});
  CHECK(in.captured["image"] == "7");
}

TEST_CASE("routes: HEAD is GET, unless it has a row of its own") {
  auto in = request("HEAD", "/api/v1/images/7");
  CHECK(find_route(in).found);
  auto upload = request("HEAD", "/api/v1/imports/7/files/0");
  CHECK(find_route(upload).found->method == std::string{"HEAD"});
}

TEST_CASE("routes: a wrong method names the right ones") {
  auto in = request("PUT", "/api/v1/session");
  auto found = find_route(in);
  CHECK_FALSE(found.found);
  CHECK(found.allowed == "POST, GET, DELETE");
}

TEST_CASE("routes: no two rows are the same address") {
  std::set<std::pair<std::string, std::string>> seen;
  for (auto* table : route_tables())
    for (auto& r : *table)
      CHECK(seen.emplace(r.method, r.pattern).second);
}

TEST_CASE("openapi: every schema that a row names is there") {
  auto schemas = openapi_schemas();
  for (auto* table : route_tables())
    for (auto& r : *table)
      for (std::string name : {r.body, r.reply})
        if (!name.empty() && name != "binary" && name.find('/') == std::string::npos)
          CHECK_MESSAGE(schemas.contains(name), r.pattern << " names " << name);
}

TEST_CASE("errors: CAF's own mean try again") {
  auto out = problem(caf::make_error(caf::sec::request_receiver_down), "r1");
  CHECK(out.status == 503);
  auto retry = std::find_if(out.headers.begin(), out.headers.end(),
                            [](auto& h) { return h.first == "Retry-After"; });
  CHECK(retry != out.headers.end());
}

TEST_CASE("errors: the inside of the server is not told") {
  auto out = problem(caf::make_error(errc::internal, std::string{"secret path"}), "r1");
  CHECK(out.status == 500);
  CHECK(out.text.find("secret") == std::string::npos);
  CHECK(out.text.find("\"request\":\"r1\"") != std::string::npos);
}

TEST_CASE("errors: a throttled asker learns when to come back") {
  auto out =
    problem(caf::make_error(errc::throttled, std::string{"too many"}, int64_t{8}), "r1");
  CHECK(out.status == 429);
  CHECK(std::find(out.headers.begin(), out.headers.end(),
                  std::pair<std::string, std::string>{"Retry-After", "8"})
        != out.headers.end());
}

TEST_CASE("errors: text that is not UTF-8 is mended") {
  CHECK_NOTHROW(problem(errc::bad_request, "\xff\xfe", "r1"));
}
