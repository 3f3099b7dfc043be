// A running server as a benchmark sees it.

#pragma once

#include "http/client/api_client.hpp"
#include "tests/bench/load.hpp"

#include <fmt/format.h>

namespace troupe::bench {

struct server {
  /// @param url  "http://127.0.0.1:4080"
  server(const std::string& url, const std::string& login, const std::string& password)
    : api{url},
      port{std::stoi(url.substr(url.rfind(':') + 1))} {
    token =
      api.post("/api/v1/session", {{"login", login}, {"password", password}}).at("token");
    api.use_token(token);
  }

  http::api_client api;
  int port;
  std::string token;

  double cpu_seconds() {
    return api.get("/api/v1/status").at("process").at("cpuSeconds");
  }

  load_result load(const std::vector<std::string>& targets, int connections,
                   int64_t requests) {
    return run_load({.port = port,
                     .targets = targets,
                     .headers = {{"Authorization", "Bearer " + token}},
                     .connections = connections,
                     .requests = requests});
  }
};

inline void print_head() {
  fmt::print("{:<44} {:>4} {:>9} {:>8} {:>8} {:>6}\n", "request", "conn", "req/s",
             "p50 ms", "p99 ms", "errors");
}

inline void print(const std::string& what, int connections, const load_result& r) {
  fmt::print("{:<44} {:>4} {:>9.0f} {:>8.2f} {:>8.2f} {:>6}\n", what, connections,
             r.per_second, r.p50_ms, r.p99_ms, r.errors);
}

} // namespace troupe::bench
